// Package options has options of the command line that the configuration's own prefixes
// make flags, whatever their type.
package options

import "flag"

var color string

func options(fs *flag.FlagSet) bool {
	fs.StringVar(&color, "app-color", "red", "") // want `declaration app-color default="red"` `code app-color string active default=red`
	limit := fs.Int("app-limit", 3, "")          // want `declaration app-limit default=3` `code app-limit int active default=3`
	on := fs.Bool("app-on", false, "")           // want `declaration app-on default=false` `code app-on bool active default=false`
	name(fs, "app-name")                         // want `declaration app-name default="" via`
	fs.String("feature-branch", "", "the prefixes of the configuration replace those that are built in")
	return *on && // want `evaluation app-on exact`
		*limit > 2 && // want `evaluation app-limit exact`
		color == "red" // want `evaluation app-color default="red" exact`
}

func name(fs *flag.FlagSet, key string) *string { return fs.String(key, "", "") }
