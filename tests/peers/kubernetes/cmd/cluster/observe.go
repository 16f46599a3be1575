package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/watch"
)

var observed = []schema.GroupVersionResource{
	podResource, configMaps,
	{Version: "v1", Resource: "nodes"},
	{Version: "v1", Resource: "namespaces"},
	{Group: "apps", Version: "v1", Resource: "replicasets"},
	{Group: "apps", Version: "v1", Resource: "deployments"},
	{Group: "discovery.k8s.io", Version: "v1", Resource: "endpointslices"},
}

// runObserve lists once and watches from there until it is stopped. A watch that the apiserver ends after its time is
// begun again from where it was; nothing else may end one, as then a client would have to list anew.
func runObserve(ctx context.Context, c *cluster, _ []string) error {
	results := make(chan error, len(observed))
	var begun sync.WaitGroup
	begun.Add(len(observed))
	for _, resource := range observed {
		go func() {
			o := &observer{cluster: c, resource: resource, objects: map[types.UID]int64{}}
			results <- o.run(ctx, &begun)
		}()
	}
	begun.Wait()
	fmt.Println("observing")
	var failures []error
	for range observed {
		failures = append(failures, <-results)
	}
	return errors.Join(failures...)
}

type observer struct {
	cluster  *cluster
	resource schema.GroupVersionResource
	objects  map[types.UID]int64 // version of each
	version  int64               // of the newest event
	events   int
	watches  int
}

func (o *observer) run(ctx context.Context, begun *sync.WaitGroup) error {
	list, err := o.cluster.objects.Resource(o.resource).List(ctx, meta.ListOptions{})
	if err == nil {
		o.version, err = strconv.ParseInt(list.GetResourceVersion(), 10, 64)
	}
	for _, each := range list.Items {
		if err == nil {
			o.objects[each.GetUID()], err = strconv.ParseInt(each.GetResourceVersion(), 10, 64)
		}
	}
	begun.Done()
	for err == nil && ctx.Err() == nil {
		err = o.watch(ctx)
	}
	if err == nil {
		err = o.compare()
	}
	if err != nil {
		return fmt.Errorf("%s after %d events at %d: %w", o.resource.Resource, o.events, o.version, err)
	}
	fmt.Printf("%s: %d events in %d watches, in order, leading to what is listed\n", o.resource.Resource, o.events, o.watches)
	return nil
}

func (o *observer) watch(ctx context.Context) error {
	o.watches++
	watcher, err := o.cluster.objects.Resource(o.resource).Watch(ctx, meta.ListOptions{
		ResourceVersion: strconv.FormatInt(o.version, 10), AllowWatchBookmarks: true,
	})
	if err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	defer watcher.Stop()
	for event := range watcher.ResultChan() {
		object, is := event.Object.(*unstructured.Unstructured)
		if ctx.Err() != nil {
			return nil // the end of the stream is told as an error
		}
		if !is || event.Type == watch.Error {
			return fmt.Errorf("%s %v", event.Type, event.Object)
		}
		if err := o.take(event.Type, object); err != nil {
			return err
		}
	}
	return nil
}

func (o *observer) take(kind watch.EventType, object *unstructured.Unstructured) error {
	version, err := strconv.ParseInt(object.GetResourceVersion(), 10, 64)
	if err != nil {
		return err
	}
	_, known := o.objects[object.GetUID()]
	switch {
	case version < o.version || version == o.version && kind != watch.Bookmark:
		return fmt.Errorf("%s of %s at %d, after %d", kind, object.GetName(), version, o.version)
	case kind == watch.Added == known && kind != watch.Bookmark:
		return fmt.Errorf("%s of %s at %d, known: %t", kind, object.GetName(), version, known)
	}
	o.version = version
	switch kind {
	case watch.Bookmark:
		return nil
	case watch.Deleted:
		delete(o.objects, object.GetUID())
	default:
		o.objects[object.GetUID()] = version
	}
	o.events++
	return nil
}

// compare lists at the version of the newest event that was seen.
func (o *observer) compare() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	list, err := o.cluster.objects.Resource(o.resource).List(ctx, meta.ListOptions{
		ResourceVersion: strconv.FormatInt(o.version, 10), ResourceVersionMatch: meta.ResourceVersionMatchExact,
	})
	if err != nil {
		return err
	}
	if len(list.Items) != len(o.objects) {
		return fmt.Errorf("%d objects by events, %d listed", len(o.objects), len(list.Items))
	}
	for _, each := range list.Items {
		if seen := strconv.FormatInt(o.objects[each.GetUID()], 10); seen != each.GetResourceVersion() {
			return fmt.Errorf("%s is listed at %s, was seen at %s", each.GetName(), each.GetResourceVersion(), seen)
		}
	}
	return nil
}
