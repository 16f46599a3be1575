package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/watch"
)

// runExpire makes an Event, watches it until the store deletes it, which is not before its time and tells what it was,
// and waits until those that were there before are gone as well.
func runExpire(ctx context.Context, c *cluster, args []string) error {
	if len(args) != 1 {
		return errors.New("expire TTL")
	}
	ttl, err := time.ParseDuration(args[0])
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, ttl+patience)
	defer cancel()
	events := c.client.CoreV1().Events(meta.NamespaceAll)
	before, err := events.List(ctx, meta.ListOptions{})
	if err != nil {
		return err
	}
	if len(before.Items) == 0 {
		return errors.New("no Events are there")
	}
	if err := c.oneExpires(ctx, ttl); err != nil {
		return err
	}
	old := map[types.UID]bool{}
	for _, each := range before.Items {
		old[each.UID] = true
	}
	err = until(ctx, func(ctx context.Context) (bool, error) {
		left, err := events.List(ctx, meta.ListOptions{})
		if err != nil {
			return false, err
		}
		for _, each := range left.Items {
			if old[each.UID] {
				return false, nil
			}
		}
		return true, nil
	})
	if err != nil {
		return fmt.Errorf("of %d Events some stay: %w", len(old), err)
	}
	fmt.Printf("events: %d were there and are gone, one after its %s\n", len(old), ttl)
	return nil
}

func (c *cluster) oneExpires(ctx context.Context, ttl time.Duration) error {
	start := time.Now()
	made, err := c.makeEvent(ctx, meta.ObjectMeta{Name: "passing"})
	if err != nil {
		return err
	}
	one := meta.ListOptions{FieldSelector: "metadata.name=passing", ResourceVersion: made.ResourceVersion}
	for {
		gone, err := c.deletion(ctx, one)
		if err != nil {
			return err
		}
		if gone == nil {
			continue // the apiserver ended the watch after its time: nothing had happened
		}
		if lasted := time.Since(start); lasted < ttl {
			return fmt.Errorf("an Event lasted %s, less than its %s", lasted, ttl)
		}
		return sameButVersion(made, gone)
	}
}

func (c *cluster) makeEvent(ctx context.Context, named meta.ObjectMeta) (*core.Event, error) {
	return c.client.CoreV1().Events(meta.NamespaceDefault).Create(ctx, &core.Event{
		ObjectMeta:     named,
		InvolvedObject: core.ObjectReference{Kind: "Node", Name: nodeName(0), Namespace: meta.NamespaceDefault},
		Reason:         "Passing", Message: "as all Events are", Type: core.EventTypeNormal,
	}, meta.CreateOptions{})
}

// deletion watches until something is deleted, which it returns, or the watch ends, and returns nil.
func (c *cluster) deletion(ctx context.Context, of meta.ListOptions) (*core.Event, error) {
	watcher, err := c.client.CoreV1().Events(meta.NamespaceDefault).Watch(ctx, of)
	if err != nil {
		return nil, err
	}
	defer watcher.Stop()
	for event := range watcher.ResultChan() {
		object, is := event.Object.(*core.Event)
		if !is || event.Type != watch.Deleted {
			return nil, fmt.Errorf("%s before an Event was gone: %v", event.Type, event.Object)
		}
		return object, nil
	}
	return nil, ctx.Err()
}

func sameButVersion(made, gone *core.Event) error {
	if made.ResourceVersion == gone.ResourceVersion {
		return fmt.Errorf("deleted at %s, the version that it was made at", gone.ResourceVersion)
	}
	gone.ResourceVersion = made.ResourceVersion
	expected, err := json.Marshal(made)
	if err != nil {
		return err
	}
	found, err := json.Marshal(gone)
	if err != nil {
		return err
	}
	if string(expected) != string(found) {
		return fmt.Errorf("made as\n%s\ntold at its end as\n%s", expected, found)
	}
	return nil
}
