package helper

import (
	"context"

	"rules/default-mismatch/helper/flags"
)

func helpers(ctx context.Context, fallback bool) {
	flags.On(ctx, "off")
	flags.On(ctx, "on")               // want `the fallback of flag "on" is false \(in the helper, at flags.go:18\), and the registry's default is true`
	flags.Deep("on")                  // want `is false \(in the helper, at flags.go:18\)`
	flags.Or(ctx, "on", false)        // want `the fallback of flag "on" is false, and the registry's default is true`
	flags.Or(ctx, "off", fallback)    // not constant
	flags.Open("off")                 // want `is true \(in the helper, at flags.go:30\)`
	flags.Open("on")                  // right
	flags.Rescued(ctx, "off")         // want `is true \(in the helper, at flags.go:37\)`
	flags.Rescued(ctx, "on")          // right
	flags.Early(ctx, "off")           // want `is true \(in the helper, at flags.go:47\)`
	flags.Off(ctx, "off")             // want `is true \(in the helper, at flags.go:54\)`
	flags.Off(ctx, "on")              // right
	flags.Logged(ctx, "off")          // want `is true \(in the helper, at flags.go:61\)`
	_, _ = flags.Failing(ctx, "off")  // the caller decides
	_, _ = flags.Through(ctx, "off")  // want `is true \(in the helper, at flags.go:79\)`
	_, _ = flags.Agreeing(ctx, "off") // want `is true \(in the helper, at flags.go:\d+\)`
	flags.Must(ctx, "off")
	flags.Picky(ctx, "off")
	flags.Sorted(ctx, "off")
	flags.Reset(ctx, "off")
	flags.Either(ctx, "off", true)
	flags.Table(ctx, "off")
	flags.Switched(ctx, "off")
}

func between(ctx context.Context) {
	flags.On(ctx, "no-default")
	flags.Deep("no-default")
	flags.Open("no-default") // want `the fallback of flag "no-default" is true \(in the helper, at flags.go:30\) here and false at helper.go:36`
}

// Of an object, the fallback is told where it is made.
var (
	right  = &flags.Flag{Key: "off"}
	wrong  = &flags.Flag{Key: "off", Default: true} // want `the fallback of flag "off" is true, and the registry's default is false`
	made   = flags.New("off", true)                 // want `the fallback of flag "off" is true, and the registry's default is false`
	filled = flags.Flag{"on", false}                // want `the fallback of flag "on" is false, and the registry's default is true`
)

func objects(ctx context.Context) {
	right.On(ctx)
	wrong.On(ctx)
	made.On(ctx)
	filled.On(ctx)
}

var (
	switchOff = flags.NewSwitch("off", true) // want `the fallback of flag "off" is true, and the registry's default is false`
	switchOn  = flags.NewSwitch("on", true)
)

func switches(ctx context.Context) bool { return flags.Ask(ctx, switchOff) || flags.Ask(ctx, switchOn) }
