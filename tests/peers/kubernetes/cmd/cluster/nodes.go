package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"
	coordination "k8s.io/api/coordination/v1"
	core "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/util/workqueue"
)

const (
	kubelets     = 16 // goroutines that do the work of all kubelets
	leasePeriod  = 10 * time.Second
	leaseSeconds = 40
	podsPerNode  = "250"
)

// runNodes makes the nodes, then has each pod that is bound to one run, and each that is to go be gone.
func runNodes(ctx context.Context, c *cluster, _ []string) error {
	// the apiserver makes the namespace of the nodes' leases some time after it says that it is ready
	if err := until(ctx, func(ctx context.Context) (bool, error) {
		_, err := c.client.CoreV1().Namespaces().Get(ctx, core.NamespaceNodeLease, meta.GetOptions{})
		return err == nil, ignoreNotFound(err)
	}); err != nil {
		return fmt.Errorf("namespace of leases: %w", err)
	}
	go c.beatHearts(ctx) // the first nodes have to be heard of while the last ones are made
	if err := errors.Join(c.eachNode(func(name string) error { return c.makeNode(ctx, name) })...); err != nil {
		return err
	}
	fmt.Println("nodes made")
	queue := workqueue.NewTypedRateLimitingQueue(workqueue.DefaultTypedControllerRateLimiter[cache.ObjectName]())
	defer queue.ShutDown()
	pods, run := c.podsOnNodes(queue)
	go run.RunWithContext(ctx)
	for range kubelets {
		go func() {
			for {
				name, stopped := queue.Get()
				if stopped {
					return
				}
				if err := c.tend(ctx, pods, name); err != nil {
					queue.AddRateLimited(name)
				} else {
					queue.Forget(name)
				}
				queue.Done(name)
			}
		}()
	}
	<-ctx.Done()
	return nil
}

func nodeName(i int) string { return fmt.Sprintf("node-%03d", i) }

func (c *cluster) podsOnNodes(queue workqueue.TypedRateLimitingInterface[cache.ObjectName]) (cache.Store, cache.Controller) {
	bound := fields.OneTermNotEqualSelector("spec.nodeName", "")
	add := func(object any) {
		if name, err := cache.ObjectToName(object); err == nil {
			queue.Add(name)
		}
	}
	return cache.NewInformerWithOptions(cache.InformerOptions{
		ListerWatcher: cache.NewListWatchFromClient(c.client.CoreV1().RESTClient(), "pods", meta.NamespaceAll, bound),
		ObjectType:    &core.Pod{},
		Handler: cache.ResourceEventHandlerFuncs{
			AddFunc:    add,
			UpdateFunc: func(_, object any) { add(object) },
		},
	})
}

// eachNode does something for all nodes, several at a time, and returns what failed.
func (c *cluster) eachNode(do func(name string) error) []error {
	failed := make([]error, c.size.nodes)
	var group errgroup.Group
	group.SetLimit(kubelets)
	for i := range c.size.nodes {
		group.Go(func() error {
			failed[i] = do(nodeName(i))
			return nil
		})
	}
	group.Wait()
	return failed
}

func (c *cluster) makeNode(ctx context.Context, name string) error {
	node := &core.Node{ObjectMeta: meta.ObjectMeta{Name: name, Labels: map[string]string{"kubernetes.io/hostname": name}}}
	if _, err := c.client.CoreV1().Nodes().Create(ctx, node, meta.CreateOptions{}); err != nil && !apierrors.IsAlreadyExists(err) {
		return err
	}
	if err := c.renewLease(ctx, name); err != nil {
		return err
	}
	return c.reportReady(ctx, name)
}

// reportReady says all that a kubelet says of its node. A node that was not heard of for a while, on a machine that has too
// much to do, is as it was when it is heard of again.
func (c *cluster) reportReady(ctx context.Context, name string) error {
	capacity := core.ResourceList{
		core.ResourceCPU:    resource.MustParse("64"),
		core.ResourceMemory: resource.MustParse("256Gi"),
		core.ResourcePods:   resource.MustParse(podsPerNode),
	}
	now := meta.Now()
	status := core.NodeStatus{Capacity: capacity, Allocatable: capacity, Conditions: []core.NodeCondition{
		{Type: core.NodeReady, Status: core.ConditionTrue, Reason: "KubeletReady", Message: "ready"},
		{Type: core.NodeMemoryPressure, Status: core.ConditionFalse, Reason: "Enough", Message: "enough"},
		{Type: core.NodeDiskPressure, Status: core.ConditionFalse, Reason: "Enough", Message: "enough"},
		{Type: core.NodePIDPressure, Status: core.ConditionFalse, Reason: "Enough", Message: "enough"},
	}}
	for i := range status.Conditions {
		status.Conditions[i].LastHeartbeatTime, status.Conditions[i].LastTransitionTime = now, now
	}
	// controllers change nodes meanwhile, so this says what is to be, not what the whole is
	patch, err := json.Marshal(map[string]any{"status": status})
	if err != nil {
		return err
	}
	_, err = c.client.CoreV1().Nodes().Patch(ctx, name, types.StrategicMergePatchType, patch, meta.PatchOptions{}, "status")
	return err
}

// beatHearts renews the lease of each node that is there, and has those that count as unheard of report anew.
func (c *cluster) beatHearts(ctx context.Context) {
	ticks := time.NewTicker(leasePeriod)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
			if err := errors.Join(c.eachNode(func(name string) error { return c.beat(ctx, name) })...); err != nil {
				fmt.Println("heartbeats:", err)
			}
		}
	}
}

func (c *cluster) beat(ctx context.Context, name string) error {
	node, err := c.client.CoreV1().Nodes().Get(ctx, name, meta.GetOptions{ResourceVersion: "0"})
	if err != nil {
		return ignoreNotFound(err)
	}
	if err := c.renewLease(ctx, name); err != nil {
		return err
	}
	for _, condition := range node.Status.Conditions {
		if condition.Status == core.ConditionUnknown {
			return c.reportReady(ctx, name)
		}
	}
	return nil
}

func (c *cluster) renewLease(ctx context.Context, node string) error {
	leases := c.client.CoordinationV1().Leases(core.NamespaceNodeLease)
	now, seconds := meta.NowMicro(), int32(leaseSeconds)
	spec := coordination.LeaseSpec{HolderIdentity: &node, LeaseDurationSeconds: &seconds, RenewTime: &now}
	found, err := leases.Get(ctx, node, meta.GetOptions{})
	if apierrors.IsNotFound(err) {
		_, err = leases.Create(ctx, &coordination.Lease{ObjectMeta: meta.ObjectMeta{Name: node}, Spec: spec}, meta.CreateOptions{})
		return err
	}
	if err != nil {
		return err
	}
	found.Spec = spec
	_, err = leases.Update(ctx, found, meta.UpdateOptions{})
	return err
}

// tend does what a kubelet does for a pod of its node, as far as the apiserver sees it.
func (c *cluster) tend(ctx context.Context, pods cache.Store, name cache.ObjectName) error {
	object, exists, err := pods.GetByKey(name.String())
	if err != nil || !exists {
		return err
	}
	pod := object.(*core.Pod)
	if pod.DeletionTimestamp != nil {
		now := int64(0)
		err := c.client.CoreV1().Pods(pod.Namespace).Delete(ctx, pod.Name, meta.DeleteOptions{
			GracePeriodSeconds: &now, Preconditions: &meta.Preconditions{UID: &pod.UID},
		})
		if apierrors.IsNotFound(err) || apierrors.IsConflict(err) {
			return nil
		}
		return err
	}
	if isReady(pod) {
		return nil
	}
	patch := runningPatch(pod)
	_, err = c.client.CoreV1().Pods(pod.Namespace).Patch(ctx, pod.Name, types.StrategicMergePatchType, patch, meta.PatchOptions{}, "status")
	if apierrors.IsNotFound(err) {
		return nil
	}
	return err
}

// isReady tells whether the pod is as its kubelet left it: when its node was not heard of, it counts as not ready.
func isReady(pod *core.Pod) bool {
	for _, condition := range pod.Status.Conditions {
		if condition.Type == core.PodReady {
			return pod.Status.Phase == core.PodRunning && condition.Status == core.ConditionTrue
		}
	}
	return false
}

func runningPatch(pod *core.Pod) []byte {
	now := time.Now().UTC().Format(time.RFC3339)
	container := pod.Spec.Containers[0]
	sum := sha256.Sum256([]byte(pod.UID))
	ip := fmt.Sprintf("10.%d.%d.%d", sum[0], sum[1], sum[2])
	return fmt.Appendf(nil, `{"metadata":{"uid":%q},"status":{"phase":"Running","startTime":%q,"podIP":%q,"podIPs":[{"ip":%q}],"conditions":[`+
		`{"type":"Initialized","status":"True","lastTransitionTime":%q},`+
		`{"type":"ContainersReady","status":"True","lastTransitionTime":%q},`+
		`{"type":"Ready","status":"True","lastTransitionTime":%q}],`+
		`"containerStatuses":[{"name":%q,"image":%q,"imageID":%q,"ready":true,"started":true,"restartCount":0,`+
		`"state":{"running":{"startedAt":%q}}}]}}`,
		pod.UID, now, ip, ip, now, now, now, container.Name, container.Image, container.Image, now)
}
