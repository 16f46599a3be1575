// Command objects writes what package io.tidemark.kube reads and is held to:
//
//	objects tables <dir>     messages.tsv and kinds.tsv: how the stored types of Kubernetes map from protobuf to JSON
//	objects samples <file>   objects of all these types, each as the API server stores it and as it answers it
//
// Both come from Kubernetes' own Go types and serializers, of the release that go.mod names.
package main

import (
	"fmt"
	"os"
	"reflect"
	"runtime/debug"
	"sort"
	"strings"

	extensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	extensionsv1beta1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/kubernetes/scheme"
	registrationv1 "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
	registrationv1beta1 "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1beta1"
)

// kind is one kind that an API server can store.
type kind struct {
	gvk  schema.GroupVersionKind
	goes reflect.Type
}

func main() {
	if len(os.Args) != 3 {
		fail("usage: objects tables <dir> | objects samples <file>")
	}
	types := everything()
	switch os.Args[1] {
	case "tables":
		writeTables(types, os.Args[2])
	case "samples":
		writeSamples(types, os.Args[2])
	default:
		fail("unknown command " + os.Args[1])
	}
}

// everything is the scheme of all types whose objects the API server, its extensions and its aggregator store.
func everything() *runtime.Scheme {
	all := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		scheme.AddToScheme,
		extensionsv1.AddToScheme, extensionsv1beta1.AddToScheme,
		registrationv1.AddToScheme, registrationv1beta1.AddToScheme,
	} {
		if err := add(all); err != nil {
			fail(err.Error())
		}
	}
	return all
}

// stored are the kinds with metadata of their own: not lists, options of requests, or events of watches.
func stored(types *runtime.Scheme) []kind {
	var kinds []kind
	for gvk, goes := range types.AllKnownTypes() {
		meta, has := goes.FieldByName("ObjectMeta")
		if !has || !meta.Anonymous || gvk.Version == runtime.APIVersionInternal {
			continue
		}
		kinds = append(kinds, kind{gvk, goes})
	}
	sort.Slice(kinds, func(i, j int) bool { return sortKey(kinds[i]) < sortKey(kinds[j]) })
	return kinds
}

func sortKey(k kind) string {
	return k.gvk.Group + "\t" + k.gvk.Version + "\t" + k.gvk.Kind
}

// release is the version of Kubernetes' modules that this program was built from.
func release() string {
	info, ok := debug.ReadBuildInfo()
	if ok {
		for _, module := range info.Deps {
			if module.Path == "k8s.io/api" {
				return strings.Replace(module.Version, "v0.", "v1.", 1)
			}
		}
	}
	fail("built without module information")
	return ""
}

func fail(why string) {
	fmt.Fprintln(os.Stderr, "objects: "+why)
	os.Exit(1)
}
