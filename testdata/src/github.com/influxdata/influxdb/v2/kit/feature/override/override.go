// Package override is a stub: the signatures of InfluxDB's flag overrides, without behaviour.
package override

import (
	"context"

	"github.com/influxdata/influxdb/v2/kit/feature"
)

// Flagger overrides flags.
type Flagger struct{}

func (f Flagger) Flags(ctx context.Context, flags ...feature.Flag) (map[string]interface{}, error) {
	return nil, nil
}

func Make(overrides map[string]string, byKey func(string) (feature.Flag, bool)) (Flagger, error) {
	return Flagger{}, nil
}
