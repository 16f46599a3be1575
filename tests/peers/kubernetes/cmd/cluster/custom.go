package main

import (
	"context"
	"fmt"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

var carts = schema.GroupVersionResource{Group: "shop.example", Version: "v1", Resource: "carts"}

// makeCustomResources defines a kind, makes objects of it, changes the status of each and deletes every second one.
func (c *cluster) makeCustomResources(ctx context.Context) error {
	if err := c.defineCarts(ctx); err != nil {
		return err
	}
	return c.eachNamespace(func(namespace string) error {
		client := c.objects.Resource(carts).Namespace(namespace)
		for i := range c.size.extras {
			cart := &unstructured.Unstructured{Object: map[string]any{
				"apiVersion": "shop.example/v1",
				"kind":       "Cart",
				"metadata":   map[string]any{"name": fmt.Sprintf("cart-%03d", i)},
				"spec":       map[string]any{"items": int64(i)},
			}}
			made, err := client.Create(ctx, cart, meta.CreateOptions{})
			if err != nil {
				return err
			}
			made.Object["status"] = map[string]any{"paid": i%3 == 0}
			if _, err := client.UpdateStatus(ctx, made, meta.UpdateOptions{}); err != nil {
				return err
			}
			if i%2 == 1 {
				if err := client.Delete(ctx, made.GetName(), meta.DeleteOptions{}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (c *cluster) defineCarts(ctx context.Context) error {
	open := true
	definition := &apiextensions.CustomResourceDefinition{
		ObjectMeta: meta.ObjectMeta{Name: "carts.shop.example"},
		Spec: apiextensions.CustomResourceDefinitionSpec{
			Group: "shop.example",
			Scope: apiextensions.NamespaceScoped,
			Names: apiextensions.CustomResourceDefinitionNames{Plural: "carts", Singular: "cart", Kind: "Cart", ListKind: "CartList"},
			Versions: []apiextensions.CustomResourceDefinitionVersion{{
				Name: "v1", Served: true, Storage: true,
				Subresources: &apiextensions.CustomResourceSubresources{Status: &apiextensions.CustomResourceSubresourceStatus{}},
				Schema: &apiextensions.CustomResourceValidation{OpenAPIV3Schema: &apiextensions.JSONSchemaProps{
					Type: "object", XPreserveUnknownFields: &open,
				}},
			}},
		},
	}
	definitions := c.extensions.ApiextensionsV1().CustomResourceDefinitions()
	if _, err := definitions.Create(ctx, definition, meta.CreateOptions{}); err != nil {
		return err
	}
	// it is established some time before it is served everywhere
	return until(ctx, func(ctx context.Context) (bool, error) {
		found, err := definitions.Get(ctx, definition.Name, meta.GetOptions{})
		if err != nil {
			return false, err
		}
		for _, condition := range found.Status.Conditions {
			if condition.Type == apiextensions.Established && condition.Status == apiextensions.ConditionTrue {
				_, err := c.objects.Resource(carts).List(ctx, meta.ListOptions{})
				return err == nil, ignoreNotFound(err)
			}
		}
		return false, nil
	})
}
