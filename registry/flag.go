package registry

import "fmt"

// Position is a place in a registry: a file (slash-separated, relative to the
// directory that the caller works in), and 1-based line and column. Line 0
// means that only the file is known.
type Position struct {
	File   string
	Line   int
	Column int
}

// String renders the position as file:line:column, leaving out what is unknown.
func (p Position) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Type is the type of a flag's value.
type Type string

// The types that a flag can have. TypeUnknown is what a source says that does
// not tell; rules compare types only where both sides are known.
const (
	TypeUnknown Type = ""
	TypeBool    Type = "bool"
	TypeString  Type = "string"
	TypeInt     Type = "int"
	TypeFloat   Type = "float"
	TypeJSON    Type = "json"
)

// Types returns the types that a registry can name.
func Types() []Type { return []Type{TypeBool, TypeString, TypeInt, TypeFloat, TypeJSON} }

// Kind says what a flag is for, which decides how long it may live.
type Kind string

// The kinds of the flag taxonomy.
const (
	KindUnknown    Kind = ""
	KindRelease    Kind = "release"
	KindExperiment Kind = "experiment"
	KindOps        Kind = "ops"
	KindKillSwitch Kind = "kill-switch"
	KindPermission Kind = "permission"
)

// Kinds returns the kinds that a registry can name.
func Kinds() []Kind {
	return []Kind{KindRelease, KindExperiment, KindOps, KindKillSwitch, KindPermission}
}

// State is where a flag stands in its life.
type State string

// The states of a flag, in the order of its life.
const (
	StateUnknown   State = ""
	StatePlanned   State = "planned"
	StateActive    State = "active"
	StateRolledOut State = "rolled-out"
	StateRetired   State = "retired"
)

// States returns the states that a registry can name.
func States() []State { return []State{StatePlanned, StateActive, StateRolledOut, StateRetired} }

// Flag is one feature flag as a registry declares it. The zero value of a field
// means that the registry does not say.
type Flag struct {
	Key         string
	Type        Type
	Variants    []Value // values the flag can take; empty when not listed
	Default     *Value  // what code falls back to
	Kind        Kind
	State       State
	Value       *Value // rolled-out and retired: what everyone gets and code keeps
	Since       Date   // when it got its State
	Description string
	Owner       string
	Created     Date
	Expires     Expiry
	Issue       string
	Tags        []string
	Requires    []Requirement // prerequisites

	// Permanent is set where the source says that the flag is to stay.
	Permanent bool
	// Serves is what a source says of environments; State, Value and Since follow
	// from it (Settle). A parser that fills it sets State only to StateRetired,
	// where the source calls the flag completed or archived.
	Serves []Serving
	// Conflicts are what the row of flags.yaml and other sources disagree about.
	Conflicts []Conflict

	// Locked is set where the registry itself makes any other value than Value
	// impossible (a Kubernetes gate that is GA and locked, a stable OTel gate).
	Locked bool

	// Source says which file and row declare the flag; Fields holds the position
	// of each field that the row gives, by its name in flags.yaml.
	Source Position
	Fields map[string]Position
	// Format is the name of the registry format ("native", "flagd", "go", …).
	Format string
	// Runtime is set when the running program reads this registry too, so that a
	// removal must leave it alone until after the deploy.
	Runtime bool
	// Also are the other rows that declare the same key (Merge).
	Also []*Flag
}

// Requirement is a prerequisite: another flag's key, and where it is named.
type Requirement struct {
	Key string
	Pos Position
}
