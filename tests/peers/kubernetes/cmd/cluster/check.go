package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/dynamic"
)

const (
	watchPatience = time.Minute
	pageOfCheck   = 7 // no divisor of round numbers
	eventsToRead  = 50
)

var (
	podResource   = schema.GroupVersionResource{Version: "v1", Resource: "pods"}
	eventResource = schema.GroupVersionResource{Version: "v1", Resource: "events"}
	configMaps    = schema.GroupVersionResource{Version: "v1", Resource: "configmaps"}
)

// runCheck asks for the same in different ways: the answers must agree with each other and with their own counts.
func runCheck(ctx context.Context, c *cluster, _ []string) error {
	if err := c.makeEvents(ctx); err != nil {
		return fmt.Errorf("events: %w", err)
	}
	// pods and config maps are read from the apiserver's cache, events always from the store
	for _, resource := range []schema.GroupVersionResource{podResource, configMaps, eventResource} {
		if err := c.checkPages(ctx, resource); err != nil {
			return fmt.Errorf("pages of %s: %w", resource.Resource, err)
		}
	}
	for _, resource := range []schema.GroupVersionResource{podResource, configMaps, carts} {
		if err := c.checkWatchList(ctx, resource); err != nil {
			return fmt.Errorf("watch list of %s: %w", resource.Resource, err)
		}
	}
	if err := c.checkOlderVersion(ctx); err != nil {
		return fmt.Errorf("an older version: %w", err)
	}
	return nil
}

// makeEvents makes some, as those of the work may be gone by now.
func (c *cluster) makeEvents(ctx context.Context) error {
	for range eventsToRead {
		if _, err := c.makeEvent(ctx, meta.ObjectMeta{GenerateName: "passing-"}); err != nil {
			return err
		}
	}
	return nil
}

// checkPages reads page by page: each says exactly how many are left, all are of one version, and none is there twice.
func (c *cluster) checkPages(ctx context.Context, resource schema.GroupVersionResource) error {
	client := c.objects.Resource(resource)
	seen := map[string]bool{}
	next, version, before := "", "", int64(-1)
	for {
		list, err := client.List(ctx, meta.ListOptions{Limit: pageOfCheck, Continue: next})
		if err != nil {
			return err
		}
		if version == "" {
			version = list.GetResourceVersion()
		}
		if version != list.GetResourceVersion() {
			return fmt.Errorf("begun at version %s, went on at %s", version, list.GetResourceVersion())
		}
		for _, each := range list.Items {
			key := each.GetNamespace() + "/" + each.GetName()
			if seen[key] {
				return fmt.Errorf("%s twice", key)
			}
			seen[key] = true
		}
		left := int64(0)
		if remaining := list.GetRemainingItemCount(); remaining != nil {
			left = *remaining
		}
		if before >= 0 && before-left != int64(len(list.Items)) {
			return fmt.Errorf("%d left, then a page of %d, then %d left", before, len(list.Items), left)
		}
		before = left
		if next = list.GetContinue(); next == "" {
			break
		}
	}
	if before != 0 {
		return fmt.Errorf("%d are said to be left behind the last page", before)
	}
	at := meta.ListOptions{ResourceVersion: version, ResourceVersionMatch: meta.ResourceVersionMatchExact}
	whole, err := client.List(ctx, at)
	if err != nil {
		return err
	}
	if len(whole.Items) != len(seen) {
		return fmt.Errorf("%d in pages, %d in one list of the same version", len(seen), len(whole.Items))
	}
	fmt.Printf("%s: %d in pages of %d, what remains was exact\n", resource.Resource, len(seen), pageOfCheck)
	return nil
}

// checkWatchList has a watch begin with what is there, as informers do: it must be what a consistent list has.
func (c *cluster) checkWatchList(ctx context.Context, resource schema.GroupVersionResource) error {
	client := c.objects.Resource(resource)
	listed, err := client.List(ctx, meta.ListOptions{})
	if err != nil {
		return err
	}
	found, err := initialEvents(ctx, client)
	if err != nil {
		return err
	}
	if len(found) != len(listed.Items) {
		return fmt.Errorf("%d listed, %d initial events", len(listed.Items), len(found))
	}
	for _, each := range listed.Items {
		if found[each.GetUID()] != each.GetResourceVersion() {
			return fmt.Errorf("%s is listed at %s, watched at %q", each.GetName(), each.GetResourceVersion(), found[each.GetUID()])
		}
	}
	fmt.Printf("%s: %d initial events, as listed\n", resource.Resource, len(found))
	return nil
}

func initialEvents(ctx context.Context, client dynamic.NamespaceableResourceInterface) (map[any]string, error) {
	ctx, cancel := context.WithTimeout(ctx, watchPatience)
	defer cancel()
	yes := true
	watcher, err := client.Watch(ctx, meta.ListOptions{
		SendInitialEvents: &yes, AllowWatchBookmarks: true, ResourceVersionMatch: meta.ResourceVersionMatchNotOlderThan,
	})
	if err != nil {
		return nil, err
	}
	defer watcher.Stop()
	found := map[any]string{}
	for event := range watcher.ResultChan() {
		object, is := event.Object.(*unstructured.Unstructured)
		switch {
		case event.Type == watch.Bookmark && is && object.GetAnnotations()[meta.InitialEventsAnnotationKey] == "true":
			return found, nil
		case event.Type == watch.Added && is:
			found[object.GetUID()] = object.GetResourceVersion()
		default:
			return nil, fmt.Errorf("%s before the bookmark: %v", event.Type, event.Object)
		}
	}
	return nil, fmt.Errorf("the watch ended after %d events, before the bookmark", len(found))
}

// checkOlderVersion lists, writes, and lists again as of before.
func (c *cluster) checkOlderVersion(ctx context.Context) error {
	client := c.objects.Resource(configMaps).Namespace(meta.NamespaceDefault)
	before, err := client.List(ctx, meta.ListOptions{})
	if err != nil {
		return err
	}
	made, err := client.Create(ctx, &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "v1", "kind": "ConfigMap", "metadata": map[string]any{"generateName": "later-"},
	}}, meta.CreateOptions{})
	if err != nil {
		return err
	}
	version := before.GetResourceVersion()
	again, err := client.List(ctx, meta.ListOptions{ResourceVersion: version, ResourceVersionMatch: meta.ResourceVersionMatchExact})
	if err != nil {
		return err
	}
	first, err := json.Marshal(before)
	if err != nil {
		return err
	}
	second, err := json.Marshal(again)
	if err != nil {
		return err
	}
	if string(first) != string(second) {
		return fmt.Errorf("at %s was listed\n%s\nand later\n%s", version, first, second)
	}
	if err := client.Delete(ctx, made.GetName(), meta.DeleteOptions{}); err != nil {
		return err
	}
	then, err := strconv.ParseInt(version, 10, 64)
	if err != nil {
		return err
	}
	now, err := strconv.ParseInt(made.GetResourceVersion(), 10, 64)
	if err != nil {
		return err
	}
	if now <= then {
		return fmt.Errorf("made at %d, after a list of %d", now, then)
	}
	return nil
}
