package gateuse

import (
	"testing"

	"flagref/gates"
)

func TestGates(t *testing.T) {
	Gates.Parse("Old=true,Fresh=false") // want `override Old set=true test` `override Fresh set=false test`
	Gates.Toggle("+Old,-Fresh")         // want `override Old set=true test` `override Fresh set=false test`
	var s gates.Store
	s.Update(s.Flag("built").Other().Value(true)) // want `override built set=true test`
	s.Flag("alone").Value(false)                  // want `override alone set=false test`
	build(&s, "wrapped", true)                    // want `override wrapped set=true via=.* test`
	gates.Memory(map[string]gates.Memo{
		"mem": {Serve: "on", Variants: map[string]any{"on": true, "off": false}}, // want `override mem set=true test`
	})
}

func build(s *gates.Store, key string, v bool) { s.Update(s.Flag(key).Value(v)) }
