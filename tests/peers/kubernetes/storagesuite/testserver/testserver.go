// Package testserver takes the place of k8s.io/apiserver/pkg/storage/etcd3/testserver in Kubernetes' own storage tests:
// where that one starts an etcd in the test's process, this one asks the server at SUITE_SERVERS for a fresh store. A
// POST is answered with the host and port of one; a DELETE of /PORT ends it.
package testserver

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"testing"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/client/v3/kubernetes"
	"go.etcd.io/etcd/server/v3/embed"
	storagetesting "k8s.io/apiserver/pkg/storage/testing"
)

const usualProgress = 10 * time.Minute // etcd's default

// NewTestConfig returns a configuration in which tests set the interval of progress and the quota. Of these the first
// is heeded: what the second is set for are benchmarks.
func NewTestConfig(t testing.TB) *embed.Config {
	return embed.NewConfig()
}

// RunEtcd returns a client of a fresh store, which ends with the test.
func RunEtcd(t testing.TB, config *embed.Config) *kubernetes.Client {
	t.Helper()
	if config == nil {
		config = NewTestConfig(t)
	}
	client, err := kubernetes.New(clientv3.Config{Endpoints: []string{fresh(t, config)}, DialTimeout: 10 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	recorder := storagetesting.NewKubernetesRecorder(client.Kubernetes)
	client.KV = storagetesting.NewKVRecorder(client.KV, recorder)
	client.Kubernetes = recorder
	return client
}

func fresh(t testing.TB, config *embed.Config) string {
	t.Helper()
	servers := os.Getenv("SUITE_SERVERS")
	if servers == "" {
		t.Fatal("SUITE_SERVERS does not say where stores come from")
	}
	interval := config.WatchProgressNotifyInterval
	if interval == 0 {
		interval = usualProgress
	}
	endpoint := ask(t, http.MethodPost, fmt.Sprintf("%s/?progress=%dms", servers, interval.Milliseconds()))
	_, port, err := net.SplitHostPort(endpoint)
	if err != nil {
		t.Fatalf("%s gave %q: %v", servers, endpoint, err)
	}
	t.Cleanup(func() { ask(t, http.MethodDelete, servers+"/"+port) })
	return endpoint
}

func ask(t testing.TB, method, url string) string {
	t.Helper()
	request, err := http.NewRequest(method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %s %s %v", method, url, response.Status, body, err)
	}
	return string(body)
}
