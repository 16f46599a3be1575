// cluster makes a cluster of nodes that are only told to exist, works with it as its users do, and checks what
// kube-apiserver answers. What it prints is for a test to read; it ends with 1 and a message when something is not right.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"sort"
	"strings"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/client/clientset/clientset"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

type cluster struct {
	rest       *rest.Config
	client     *kubernetes.Clientset
	extensions *apiextensions.Clientset
	objects    dynamic.Interface
	size       size
}

// size of what is made; pods divides by namespaces times deployments.
type size struct {
	nodes, pods, namespaces, deployments, extras int
}

func (s size) replicas() int32 { return int32(s.pods / (s.namespaces * s.deployments)) }

type command struct {
	run  func(ctx context.Context, c *cluster, args []string) error
	text string
}

var commands = map[string]command{
	"nodes":   {runNodes, "makes nodes and lives as their kubelets until it is stopped"},
	"work":    {runWork, "deployments, rollouts, scaling, a custom resource, deletions; waits for each to be done"},
	"check":   {runCheck, "pages, watch lists, reads of older versions, what the apiserver counts"},
	"observe": {runObserve, "watches everything until it is stopped, then compares with a list"},
	"expire":  {runExpire, "TTL: waits until the Events that are there are gone, and one that it makes, which lasts that long at least"},
	"dump":    {runDump, "FILE: all objects, without what is different each time, a line each"},
	"creates": {runCreates, "NAMESPACE COUNT PARALLEL: creates pods that no node takes, as fast as they are answered"},
}

func main() {
	flags := flag.NewFlagSet("cluster", flag.ExitOnError)
	kubeconfig := flags.String("kubeconfig", "", "file that says where the apiserver is")
	var s size
	flags.IntVar(&s.nodes, "nodes", 20, "")
	flags.IntVar(&s.pods, "pods", 300, "")
	flags.IntVar(&s.namespaces, "namespaces", 5, "")
	flags.IntVar(&s.deployments, "deployments", 3, "in each namespace")
	flags.IntVar(&s.extras, "extras", 50, "config maps, secrets and custom resources in each namespace")
	flags.Usage = func() { usage(flags) }
	if len(os.Args) < 2 {
		usage(flags)
		os.Exit(2)
	}
	name := os.Args[1]
	flags.Parse(os.Args[2:])
	if name == "files" {
		exit(writeFiles(flags.Args()))
	}
	chosen, known := commands[name]
	if !known {
		usage(flags)
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	c, err := connect(*kubeconfig)
	if err != nil {
		exit(err)
	}
	c.size = s
	exit(chosen.run(ctx, c, flags.Args()))
}

func connect(kubeconfig string) (*cluster, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	config.QPS = -1 // the apiserver sets the pace
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	extensions, err := apiextensions.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	objects, err := dynamic.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	return &cluster{rest: config, client: client, extensions: extensions, objects: objects}, nil
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "cluster:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func usage(flags *flag.FlagSet) {
	fmt.Fprintln(os.Stderr, "cluster COMMAND [--kubeconfig FILE] [FLAGS] [ARGS]")
	lines := []string{"  files    DIR PORT: keys, a token and a kubeconfig for an apiserver on this machine's PORT"}
	for name, each := range commands {
		lines = append(lines, fmt.Sprintf("  %-8s %s", name, each.text))
	}
	sort.Strings(lines)
	fmt.Fprintln(os.Stderr, strings.Join(lines, "\n"))
	flags.PrintDefaults()
}
