package configcat

import (
	configcat "github.com/configcat/go-sdk/v9"
	"github.com/configcat/go-sdk/v9/configcattest"
)

func packageConfigcatOverrides(logger configcat.Logger) {
	_, _ = configcat.NewSnapshot(logger, map[string]interface{}{"new-snapshot": true, "other-flag": "blue"}) // want `override new-snapshot set=true` `override other-flag set="blue"`
}

func configcattestHandlerOverrides(handler *configcattest.Handler) {
	_ = handler.SetFlags("user", map[string]*configcattest.Flag{"set-flags": {Default: true}}) // want `override set-flags set=true`
}

func literalOverrides() configcat.FlagOverrides {
	return configcat.FlagOverrides{
		Values: map[string]interface{}{
			"literal-values": false, // want `override literal-values set=false`
		},
	}
}
