package objuse

import (
	"flagref/objects"
	"flagref/sdk"
)

var own = objects.NewBool("own", false) // want `declaration own`

var ownFlag = &objects.Flag{Name: "own-flag"} // want `declaration own-flag`

func use(c *objects.Client, s *sdk.Client) {
	objects.Literal.Enabled()    // want `evaluation literal default=false exact via`
	objects.Registered.Enabled() // want `evaluation ROX_K default=false exact via`
	objects.Gate.IsEnabled()     // want `evaluation gate exact$`
	c.Bool(objects.Checkout)     // want `evaluation checkout default=true exact via`
	c.Bool(own)                  // want `evaluation own default=false exact via`
	c.Typed(own)                 // want `evaluation own default=false exact via`
	c.Generic(own)               // want `evaluation own default=false exact via`
	ownFlag.Enabled()            // want `evaluation own-flag default=false exact via`
	if objects.Env && objects.Wrapped { // want `evaluation ENV_FLAG .*exact` `evaluation P_WRAPPED .*exact`
	}
	objects.Group.B.Enabled() // want `evaluation group-b default=false exact via`
	f := objects.Setting.Get(s) // want `evaluation setting default=true func exact`
	f()                         // want `evaluation setting default=true exact`
	objects.Setting.Get(s)()    // want `evaluation setting default=true exact`
}

type config struct {
	EnableX func() bool
	cached  bool
	flag    *objects.Flag
}

func newConfig(s *sdk.Client) *config {
	return &config{
		EnableX: objects.Setting.Get(s),    // want `evaluation setting default=true func exact`
		cached:  objects.Gate.IsEnabled(),  // want `evaluation gate exact`
		flag:    objects.Literal,
	}
}

func (c *config) run() {
	if c.EnableX() { // want `evaluation setting default=true exact`
	}
	if c.cached { // a cached value is no evaluation
	}
	c.flag.Enabled() // want `evaluation literal default=false exact via`
}

type svc struct{ cfg *config }

func (s *svc) run() bool {
	return s.cfg.EnableX() // want `evaluation setting default=true exact`
}
