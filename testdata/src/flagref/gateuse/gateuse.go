package gateuse

import "flagref/gates"

const (
	// Old was the first.
	Old   gates.Name = "Old"   // want `declaration Old`
	Fresh gates.Name = "Fresh" // want `declaration Fresh`
	Dead  gates.Name = "Dead"  // want `declaration Dead`
	Steps gates.Name = "Steps" // want `declaration Steps`
	Other gates.Name = "Other"
)

var specs = map[gates.Name]gates.Spec{
	Old:   {Default: true, Lock: true, Stage: gates.GA},           // want `declaration Old` `code Old bool retired default=true value=true locked`
	Fresh: {Default: false, Stage: gates.Alpha, Owner: "team-a"}, // want `declaration Fresh` `code Fresh bool active default=false owner=team-a`
	Dead:  {Stage: gates.Gone},                                     // want `declaration Dead` `code Dead bool retired default=false value=false locked`
}

var versioned = map[gates.Name]gates.Specs{
	Steps: { // want `declaration Steps` `code Steps bool rolled-out default=true value=true`
		{Version: "1.10", Default: true},
		{Version: "1.9", Default: false, Stage: gates.Alpha},
	},
}

// Gates is the set in use.
var Gates = &gates.Set{}

func init() {
	Gates.Add(specs)
	Gates.AddVersioned(versioned)
	specs["Late"] = gates.Spec{Stage: gates.Alpha} // want `declaration Late` `code Late bool active default=false`
}

// Enabled is a wrapper of the team.
func Enabled(n gates.Name) bool { return Gates.Enabled(n) }

func use() {
	Gates.Enabled(Old)                 // want `evaluation Old exact obj=Old`
	Enabled(Fresh)                     // want `evaluation Fresh exact obj=Fresh via`
	_ = []gates.Name{Dead, Other}      // want `mention Dead`
	_ = map[gates.Name]bool{Old: true} // want `mention Old`
	_ = string(Steps)                  // want `mention Steps`
}
