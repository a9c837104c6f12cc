package influxdb

import "github.com/influxdata/influxdb/v2/kit/feature/override"

func overrides() {
	_, _ = override.Make(map[string]string{"make-bool-flag": "true"}, nil) // want `override make-bool-flag set="true"`
}
