package statsig

import statsig "github.com/statsig-io/go-sdk"

func params(user statsig.User) bool {
	cfg := statsig.GetConfig(user, "pricing") // want `evaluation pricing json`
	if cfg.GetBool("discount", false) {       // want `evaluation pricing/discount bool default=false`
		return true
	}
	if statsig.GetGate(user, "gate").Value { // want `evaluation gate bool`
		return false
	}
	layer := statsig.GetLayer(user, "layer")        // want `evaluation layer json`
	return layer.GetString("color", "red") == "red" // want `evaluation layer/color string default="red"`
}
