package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// runCreates makes a namespace and in it pods with a scheduler's name that nobody has, and tells how fast they were made.
func runCreates(ctx context.Context, c *cluster, args []string) error {
	if len(args) != 3 {
		return errors.New("creates NAMESPACE COUNT PARALLEL")
	}
	creating := args[0]
	count, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	parallel, err := strconv.Atoi(args[2])
	if err != nil {
		return err
	}
	namespace := &core.Namespace{ObjectMeta: meta.ObjectMeta{Name: creating}}
	if _, err := c.client.CoreV1().Namespaces().Create(ctx, namespace, meta.CreateOptions{}); err != nil {
		return err
	}
	account := &core.ServiceAccount{ObjectMeta: meta.ObjectMeta{Name: "default"}}
	if _, err := c.client.CoreV1().ServiceAccounts(creating).Create(ctx, account, meta.CreateOptions{}); err != nil {
		return err
	}
	took := make([]time.Duration, count)
	failed := make([]error, count)
	next := make(chan int)
	var done sync.WaitGroup
	start := time.Now()
	for range parallel {
		done.Add(1)
		go func() {
			defer done.Done()
			for i := range next {
				begin := time.Now()
				failed[i] = c.createPod(ctx, creating, i)
				took[i] = time.Since(begin)
			}
		}()
	}
	for i := range count {
		next <- i
	}
	close(next)
	done.Wait()
	seconds := time.Since(start).Seconds()
	if err := errors.Join(failed...); err != nil {
		return err
	}
	slices.Sort(took)
	fmt.Printf("%d pods, %d at once: %.0f a second, p50 %.1f ms, p99 %.1f ms\n", count, parallel,
		float64(count)/seconds, millis(took[count/2]), millis(took[count*99/100]))
	return nil
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1_000 }

func (c *cluster) createPod(ctx context.Context, namespace string, i int) error {
	pod := &core.Pod{
		ObjectMeta: meta.ObjectMeta{Name: fmt.Sprintf("pod-%06d", i)},
		Spec: core.PodSpec{
			SchedulerName: "nobody",
			Containers:    []core.Container{{Name: "web", Image: "shop/web:1"}},
		},
	}
	_, err := c.client.CoreV1().Pods(namespace).Create(ctx, pod, meta.CreateOptions{})
	return err
}
