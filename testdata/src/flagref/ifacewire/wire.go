package ifacewire

import (
	"flagref/ifaces"
	"flagref/sdk"
)

var _ ifaces.Late = (*sdk.Client)(nil)

func use(l ifaces.Late, f ifaces.Flags) {
	l.IsOff("wired")  // want `evaluation wired negated exact`
	f.Enabled("fact") // want `evaluation fact default=false exact`
}
