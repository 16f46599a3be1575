package main

import (
	"context"
	"fmt"
	"time"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/wait"
)

const (
	patience = 10 * time.Minute
	poll     = 200 * time.Millisecond
)

// runWork is the same work each time: what it leaves behind differs in names and times only.
func runWork(ctx context.Context, c *cluster, _ []string) error {
	steps := []struct {
		name string
		do   func(context.Context) error
	}{
		{"namespaces", c.makeNamespaces},
		{"deployments", c.makeDeployments},
		{"config maps and secrets", c.makeExtras},
		{"custom resources", c.makeCustomResources},
		{"rollouts", c.rollOut},
		{"scaling", c.scale},
		{"a rollout undone by a second one", c.rollOutTwice},
		{"deletion of deployments", c.deleteDeployments},
		{"deletion of a namespace", c.deleteNamespace},
		{"everything as it should be", c.settled},
	}
	for _, step := range steps {
		start := time.Now()
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
		fmt.Printf("%-34s %6.1f s\n", step.name, time.Since(start).Seconds())
	}
	return nil
}

func namespaceName(i int) string  { return fmt.Sprintf("shop-%d", i) }
func deploymentName(i int) string { return fmt.Sprintf("web-%d", i) }

func until(ctx context.Context, done wait.ConditionWithContextFunc) error {
	return wait.PollUntilContextTimeout(ctx, poll, patience, true, done)
}

func (c *cluster) eachNamespace(do func(namespace string) error) error {
	for i := range c.size.namespaces {
		if err := do(namespaceName(i)); err != nil {
			return err
		}
	}
	return nil
}

func (c *cluster) eachDeployment(do func(namespace, name string) error) error {
	return c.eachNamespace(func(namespace string) error {
		for i := range c.size.deployments {
			if err := do(namespace, deploymentName(i)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c *cluster) makeNamespaces(ctx context.Context) error {
	return c.eachNamespace(func(namespace string) error {
		object := &core.Namespace{ObjectMeta: meta.ObjectMeta{Name: namespace}}
		if _, err := c.client.CoreV1().Namespaces().Create(ctx, object, meta.CreateOptions{}); err != nil {
			return err
		}
		return until(ctx, func(ctx context.Context) (bool, error) {
			_, err := c.client.CoreV1().ServiceAccounts(namespace).Get(ctx, "default", meta.GetOptions{})
			return err == nil, ignoreNotFound(err)
		})
	})
}

func ignoreNotFound(err error) error {
	if errors.IsNotFound(err) {
		return nil
	}
	return err
}

func (c *cluster) makeDeployments(ctx context.Context) error {
	err := c.eachDeployment(func(namespace, name string) error {
		labels := map[string]string{"app": name}
		replicas := c.size.replicas()
		service := &core.Service{ObjectMeta: meta.ObjectMeta{Name: name, Labels: labels}, Spec: core.ServiceSpec{
			ClusterIP: core.ClusterIPNone, Selector: labels, Ports: []core.ServicePort{{Port: 80}},
		}}
		if _, err := c.client.CoreV1().Services(namespace).Create(ctx, service, meta.CreateOptions{}); err != nil {
			return err
		}
		deployment := &apps.Deployment{ObjectMeta: meta.ObjectMeta{Name: name, Labels: labels}, Spec: apps.DeploymentSpec{
			Replicas: &replicas,
			Selector: &meta.LabelSelector{MatchLabels: labels},
			Template: core.PodTemplateSpec{ObjectMeta: meta.ObjectMeta{Labels: labels}, Spec: core.PodSpec{
				Containers: []core.Container{{Name: "web", Image: "shop/web:1", Env: []core.EnvVar{{Name: "GREETING", Value: "hello"}}}},
			}},
		}}
		_, err := c.client.AppsV1().Deployments(namespace).Create(ctx, deployment, meta.CreateOptions{})
		return err
	})
	if err != nil {
		return err
	}
	return c.rolledOut(ctx)
}

// rolledOut waits until each deployment has what it asks for, and nothing else.
func (c *cluster) rolledOut(ctx context.Context) error {
	return until(ctx, func(ctx context.Context) (bool, error) {
		list, err := c.client.AppsV1().Deployments(meta.NamespaceAll).List(ctx, meta.ListOptions{})
		if err != nil {
			return false, err
		}
		for _, each := range list.Items {
			want, status := *each.Spec.Replicas, each.Status
			if status.ObservedGeneration < each.Generation || status.Replicas != want || status.UpdatedReplicas != want ||
				status.AvailableReplicas != want {
				return false, nil
			}
		}
		return true, nil
	})
}

func (c *cluster) makeExtras(ctx context.Context) error {
	return c.eachNamespace(func(namespace string) error {
		for i := range c.size.extras {
			named := meta.ObjectMeta{Name: fmt.Sprintf("extra-%03d", i)}
			data := map[string]string{"text": fmt.Sprintf("number %d, with \x01 and ü", i)}
			config := &core.ConfigMap{ObjectMeta: named, Data: data, BinaryData: map[string][]byte{"bytes": {0, 1, 0xff, byte(i)}}}
			if _, err := c.client.CoreV1().ConfigMaps(namespace).Create(ctx, config, meta.CreateOptions{}); err != nil {
				return err
			}
			secret := &core.Secret{ObjectMeta: named, StringData: data}
			if _, err := c.client.CoreV1().Secrets(namespace).Create(ctx, secret, meta.CreateOptions{}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c *cluster) patchDeployments(ctx context.Context, patch string) error {
	return c.eachDeployment(func(namespace, name string) error {
		_, err := c.client.AppsV1().Deployments(namespace).
			Patch(ctx, name, types.StrategicMergePatchType, []byte(patch), meta.PatchOptions{})
		return err
	})
}

func image(version int) string {
	return fmt.Sprintf(`{"spec":{"template":{"spec":{"containers":[{"name":"web","image":"shop/web:%d"}]}}}}`, version)
}

func (c *cluster) rollOut(ctx context.Context) error {
	if err := c.patchDeployments(ctx, image(2)); err != nil {
		return err
	}
	return c.rolledOut(ctx)
}

func (c *cluster) scale(ctx context.Context) error {
	for _, replicas := range []int32{c.size.replicas() / 2, c.size.replicas()} {
		if err := c.patchDeployments(ctx, fmt.Sprintf(`{"spec":{"replicas":%d}}`, replicas)); err != nil {
			return err
		}
		if err := c.rolledOut(ctx); err != nil {
			return err
		}
	}
	return nil
}

// rollOutTwice sets one version and, while it is on its way, the one before: pods of three sorts come and go.
func (c *cluster) rollOutTwice(ctx context.Context) error {
	for _, version := range []int{3, 2} {
		if err := c.patchDeployments(ctx, image(version)); err != nil {
			return err
		}
		if err := c.observed(ctx); err != nil {
			return err
		}
	}
	return c.rolledOut(ctx)
}

// observed waits until the controller has seen what each deployment asks for.
func (c *cluster) observed(ctx context.Context) error {
	return until(ctx, func(ctx context.Context) (bool, error) {
		list, err := c.client.AppsV1().Deployments(meta.NamespaceAll).List(ctx, meta.ListOptions{})
		if err != nil {
			return false, err
		}
		for _, each := range list.Items {
			if each.Status.ObservedGeneration < each.Generation {
				return false, nil
			}
		}
		return true, nil
	})
}

func (c *cluster) deleteDeployments(ctx context.Context) error {
	foreground := meta.DeletePropagationForeground
	err := c.eachNamespace(func(namespace string) error {
		if err := c.client.CoreV1().Services(namespace).Delete(ctx, deploymentName(0), meta.DeleteOptions{}); err != nil {
			return err
		}
		return c.client.AppsV1().Deployments(namespace).Delete(ctx, deploymentName(0), meta.DeleteOptions{PropagationPolicy: &foreground})
	})
	if err != nil {
		return err
	}
	return until(ctx, func(ctx context.Context) (bool, error) {
		pods, err := c.client.CoreV1().Pods(meta.NamespaceAll).List(ctx, meta.ListOptions{LabelSelector: "app=" + deploymentName(0)})
		return err == nil && len(pods.Items) == 0, err
	})
}

func (c *cluster) deleteNamespace(ctx context.Context) error {
	last := namespaceName(c.size.namespaces - 1)
	if err := c.client.CoreV1().Namespaces().Delete(ctx, last, meta.DeleteOptions{}); err != nil {
		return err
	}
	return until(ctx, func(ctx context.Context) (bool, error) {
		_, err := c.client.CoreV1().Namespaces().Get(ctx, last, meta.GetOptions{})
		return errors.IsNotFound(err), ignoreNotFound(err)
	})
}

// settled waits until nothing is on its way: as many pods as are asked for, all running, none to be deleted, each in
// an endpoint slice.
func (c *cluster) settled(ctx context.Context) error {
	want := int(c.size.replicas()) * (c.size.namespaces - 1) * (c.size.deployments - 1)
	return until(ctx, func(ctx context.Context) (bool, error) {
		pods, err := c.client.CoreV1().Pods(meta.NamespaceAll).List(ctx, meta.ListOptions{})
		if err != nil {
			return false, err
		}
		for _, pod := range pods.Items {
			if pod.Status.Phase != core.PodRunning || pod.DeletionTimestamp != nil {
				return false, nil
			}
		}
		if len(pods.Items) != want {
			return false, nil
		}
		slices, err := c.client.DiscoveryV1().EndpointSlices(meta.NamespaceAll).List(ctx, meta.ListOptions{LabelSelector: "app"})
		if err != nil {
			return false, err
		}
		endpoints := 0
		for _, slice := range slices.Items {
			endpoints += len(slice.Endpoints)
		}
		return endpoints == want, nil
	})
}
