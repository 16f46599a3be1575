package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"sort"
	"strings"

	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/discovery"
)

const page = 500

// unlike are resources that no two clusters have alike. Over how many slices endpoints are spread is a matter of the
// order of events; "settled" counts them.
var unlike = []string{"events", "leases", "componentstatuses", "ipaddresses", "endpoints", "endpointslices"}

var (
	moment  = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$`)
	address = regexp.MustCompile(`^(\d+\.){3}\d+$`)
)

// runDump writes each object as a line of JSON, sorted: two clusters that were worked with alike have the same lines.
func runDump(ctx context.Context, c *cluster, args []string) error {
	if len(args) != 1 {
		return errors.New("dump FILE")
	}
	resources, err := c.resources()
	if err != nil {
		return err
	}
	var lines []string
	for _, resource := range resources {
		listed, err := c.listAll(ctx, resource)
		if err != nil {
			return fmt.Errorf("%s: %w", resource, err)
		}
		for _, object := range listed {
			line, err := json.Marshal(normal(resource.Resource, object))
			if err != nil {
				return err
			}
			lines = append(lines, resource.Group+"/"+resource.Resource+" "+string(line)+"\n")
		}
	}
	sort.Strings(lines)
	fmt.Println(len(lines), "objects of", len(resources), "kinds")
	return os.WriteFile(args[0], []byte(strings.Join(lines, "")), 0o644)
}

// resources are those that can be listed, each in the version that is preferred.
func (c *cluster) resources() ([]schema.GroupVersionResource, error) {
	lists, err := c.client.Discovery().ServerPreferredResources()
	if err != nil {
		return nil, err
	}
	listable := discovery.FilteredBy(discovery.SupportsAllVerbs{Verbs: []string{"list", "get"}}, lists)
	var found []schema.GroupVersionResource
	for _, list := range listable {
		version, err := schema.ParseGroupVersion(list.GroupVersion)
		if err != nil {
			return nil, err
		}
		for _, resource := range list.APIResources {
			if !slices.Contains(unlike, resource.Name) {
				found = append(found, version.WithResource(resource.Name))
			}
		}
	}
	return found, nil
}

func (c *cluster) listAll(ctx context.Context, resource schema.GroupVersionResource) ([]unstructured.Unstructured, error) {
	var found []unstructured.Unstructured
	next := ""
	for {
		list, err := c.objects.Resource(resource).List(ctx, meta.ListOptions{Limit: page, Continue: next})
		if err != nil {
			return nil, err
		}
		found = append(found, list.Items...)
		if next = list.GetContinue(); next == "" {
			return found, nil
		}
	}
}

// normal leaves out what the server makes up: names behind a prefix, ids, versions, times, addresses, the node chosen,
// and the generation of replica sets, which counts the steps of a rollout.
func normal(resource string, object unstructured.Unstructured) any {
	name, prefix := object.GetName(), object.GetGenerateName()
	if prefix != "" && strings.HasPrefix(name, prefix) {
		name = prefix + "*"
	}
	fields := object.Object
	metadata := fields["metadata"].(map[string]any)
	metadata["name"] = name
	for _, made := range []string{"uid", "resourceVersion", "managedFields", "creationTimestamp"} {
		delete(metadata, made)
	}
	if resource == "replicasets" {
		delete(metadata, "generation")
		delete(fields["status"].(map[string]any), "observedGeneration")
	}
	return normalValue("", fields)
}

func normalValue(key string, value any) any {
	switch value := value.(type) {
	case map[string]any:
		for inner, each := range value {
			value[inner] = normalValue(inner, each)
		}
		return value
	case []any:
		for i, each := range value {
			value[i] = normalValue(key, each)
		}
		return value
	case string:
		if moment.MatchString(value) || address.MatchString(value) || key == "uid" || key == "nodeName" {
			return "*"
		}
		if strings.HasPrefix(value, "kube-api-access-") {
			return "kube-api-access-*"
		}
		return value
	default:
		return value
	}
}
