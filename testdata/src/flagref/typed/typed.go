// Package typed has declared variables of several types, of which only booleans
// are flags.
package typed

import "istio.io/istio/pkg/env"

var (
	On = env.Register("ON", false, "described").Get() // want `declaration ON` `code ON bool active default=false`

	Limit = env.Register("LIMIT", 10, "a setting").Get()

	Ambient = register("AMBIENT", true, false) // want `declaration AMBIENT`

	Window = register("WINDOW", 1, 2)
)

// register is a wrapper for every type.
func register[T env.Parseable](name string, with, without T) T {
	if On { // want `evaluation ON .*exact`
		return env.Register(name, with, "").Get()
	}
	env.Register(name, without, "").Lookup()
	return without
}

func use() bool {
	return On && Ambient && Limit > 0 && Window > 0 // want `evaluation ON .*exact` `evaluation AMBIENT .*fallback`
}
