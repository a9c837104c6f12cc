package declared

import (
	"rules/default-mismatch/declared/conf"

	"github.com/rollout/rox-go/v6/core/context"
	"github.com/rollout/rox-go/v6/server"
)

// Flags is a container: each flag's fallback is where the container is filled.
type Flags struct {
	Off   server.RoxFlag
	On    server.RoxFlag
	Limit server.RoxInt
	Mode  server.RoxString
	Twice server.RoxFlag
	Late  server.RoxFlag
}

var flags = &Flags{
	Off:   server.NewRoxFlag(true),                // want `the fallback of flag "shop.Off" is true, and the registry's default is false`
	On:    server.NewRoxFlag(true),                // right
	Limit: server.NewRoxInt(tooMany, []int{1, 2}), // want `the fallback of flag "shop.Limit" is 30, and the registry's default is 20`
	Mode:  server.NewRoxString("slow", nil),       // right
	Twice: server.NewRoxFlag(true),
	Late:  server.NewRoxFlag(!earlier),
}

const tooMany = 30

var earlier bool

func other() *Flags { return &Flags{Twice: server.NewRoxFlag(false)} }

func setup(rox *server.Rox) { rox.Register("shop", flags) }

func use(ctx context.Context) bool {
	return flags.Off.IsEnabled(ctx) || flags.On.IsEnabled(ctx) || flags.Limit.GetValue(ctx) > 10 || flags.Mode.GetValue(ctx) == "fast" ||
		flags.Twice.IsEnabled(ctx) || flags.Late.IsEnabled(ctx)
}

// config has its fallbacks in tags.
type config struct {
	Off     bool    `env:"CFG_OFF" envDefault:"true"`  // want `the fallback of flag "CFG_OFF" is true, and the registry's default is false`
	On      bool    `env:"CFG_ON" envDefault:"1"`      // right
	Limit   *int    `env:"CFG_LIMIT" envDefault:"10"`  // want `the fallback of flag "CFG_LIMIT" is 10, and the registry's default is 20`
	Ratio   float64 `env:"CFG_RATIO" envDefault:"1"`   // right
	Mode    string  `env:"CFG_MODE" envDefault:"fast"` // want `the fallback of flag "CFG_MODE" is fast, and the registry's default is slow`
	Odd     bool    `env:"CFG_ODD" envDefault:"${HOME}"`
	Without bool    `env:"CFG_WITHOUT"`
}

func load() (bool, error) {
	var c config
	if err := conf.Load(&c); err != nil {
		return false, err
	}
	return c.Off || c.On || *c.Limit > 10 || c.Ratio > 0.5 || c.Mode == "fast" || c.Odd || c.Without, nil
}

// Features is a struct whose fields are flags, with a function that sets their defaults.
type Features struct {
	FieldOff, FieldOn bool
	FieldMode         string
	FieldMaybe        bool
	FieldSet          bool
	FieldUnset        bool
}

func (f *Features) SetDefaults(beta bool) {
	f.FieldOff = true    // want `the fallback of flag "FieldOff" is true, and the registry's default is false`
	f.FieldOn = true     // right
	f.FieldMode = "fast" // want `the fallback of flag "FieldMode" is fast, and the registry's default is slow`
	if beta {
		f.FieldMaybe = true
	}
}

func (f *Features) demo() { f.FieldSet = true }

func features(f Features) bool {
	return f.FieldOff || f.FieldOn || f.FieldMode == "fast" || f.FieldMaybe || f.FieldSet || f.FieldUnset
}
