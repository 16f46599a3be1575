//go:build storagesuite

// Package storagesuite names the packages whose own tests are the suite, so that go.sum has what they need.
package storagesuite

import (
	_ "k8s.io/apiserver/pkg/registry/generic/registry"
	_ "k8s.io/apiserver/pkg/storage/cacher"
	_ "k8s.io/apiserver/pkg/storage/etcd3"
	_ "k8s.io/apiserver/pkg/storage/etcd3/testing"
)
