// kube-apiserver as Kubernetes releases it, but that the time between two comparisons of a watch cache with the store,
// five minutes otherwise, can be set by CONSISTENCY_CHECK_PERIOD: so that a test of minutes sees many of them.
package main

import (
	"fmt"
	"os"
	"time"

	"k8s.io/apiserver/pkg/storage/cacher/consistency"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

func main() {
	if text := os.Getenv("CONSISTENCY_CHECK_PERIOD"); text != "" {
		period, err := time.ParseDuration(text)
		if err != nil {
			fmt.Fprintln(os.Stderr, "CONSISTENCY_CHECK_PERIOD:", err)
			os.Exit(2)
		}
		consistency.CheckPeriod = period
	}
	os.Exit(cli.Run(app.NewAPIServerCommand()))
}
