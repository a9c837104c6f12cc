package provider

import "github.com/flaghygiene/flaglint/registry"

// Spec is what is known of one flag SDK or in-house flag system: the schema of
// the built-in data files and of one entry of `providers:` in .flaglint.yaml.
type Spec struct {
	Name string `yaml:"name"`
	// Modules are the module paths whose import makes a built-in spec act, and
	// what {mod} stands for in names: "github.com/x/y" matches with and without
	// a version suffix (/v2, .v4). Empty for in-house specs, which always act.
	Modules []string `yaml:"modules"`
	// Prefixes, where not empty, limit the spec to keys that a registry names or
	// that start with one of these (environment variables, viper, flag …).
	Prefixes []string `yaml:"prefixes"`

	Functions []Function `yaml:"functions"`
	Fields    []Field    `yaml:"fields"`
	Objects   []Object   `yaml:"objects"`
	Lookups   []string   `yaml:"lookups"`
	Contains  []string   `yaml:"contains"`
	Overrides []Override `yaml:"overrides"`
	Env       EnvName    `yaml:"env"`
}

// Arg selects a part of a call: argument Index (receiver excluded; ReceiverArg
// is the receiver), or the field Field of the struct (or pointed-to struct)
// given there. In YAML it is a number, or {arg: 0, field: Key}, or {field: Key}
// for a field of the object itself.
type Arg struct {
	Index int
	Field string
}

// ReceiverArg as an Arg.Index selects the receiver.
const ReceiverArg = -1

// Function is a function or method whose call evaluates a flag.
type Function struct {
	// Name is what go/types prints for the origin, e.g.
	// (*example.com/p.T).M; {mod} stands for each of Spec.Modules, and
	// {A,B} alternatives are expanded.
	Name string `yaml:"name"`
	// Since and Until bound the major versions of the module for which this
	// row holds (0: no bound).
	Since int `yaml:"since"`
	Until int `yaml:"until"`

	Key     Arg  `yaml:"key"`
	Keys    bool `yaml:"keys"` // the key argument is a slice, or a variadic list, of keys
	Default *Arg `yaml:"default"`
	// Option names functions whose call among the variadic arguments gives the
	// fallback as its argument 0 (unleash.WithFallback).
	Option []string `yaml:"option"`

	Type  registry.Type `yaml:"type"`  // type of the flag's value; unknown: from the result
	Value int           `yaml:"value"` // index of the result that is (or holds) the value
	// Error is the index of the error result; nil: none.
	Error *int `yaml:"error"`
	// Negated: the value is the opposite of the flag.
	Negated bool `yaml:"negated"`
	// Details: the value result is a struct (or pointer to one), and these of its
	// fields or methods tell the flag's value, by name.
	Details map[string]Detail `yaml:"details"`
	// Callback: argument Arg is a function that runs when the flag is When
	// (rox's Enabled(ctx, func())).
	Callback *Callback `yaml:"callback"`
	// Sentinel is the variant that the SDK returns for an unknown flag.
	Sentinel string `yaml:"sentinel"`
	// Param is the index of a second-level key (a layer's parameter).
	Param *Arg `yaml:"param"`
	// Dynamic: a call reads flags whose keys it does not name (AllFlagsState).
	Dynamic bool `yaml:"dynamic"`
	// Mention: the call names a key without evaluating it.
	Mention bool `yaml:"mention"`
}

// Detail is a field or method of an evaluation's detail struct.
type Detail struct {
	// Role: "value" (the flag's value), "negated" (its opposite), "variant" (the
	// name of the variation), "key", "error", or "other".
	Role string `yaml:"role"`
}

// Callback is an argument that is run by the evaluation.
type Callback struct {
	Arg  int  `yaml:"arg"`
	When bool `yaml:"when"`
}

// Field is a struct whose field reads evaluate flags.
type Field struct {
	Type string `yaml:"type"` // p.T
	Tag  string `yaml:"tag"`  // the struct tag that names the key; empty: the field's name
}

// Object is a flag that exists as a value: declared by a call or a literal,
// evaluated by methods of it or functions that take it.
type Object struct {
	Declare  string     `yaml:"declare"` // function or method whose result is the flag
	Type     string     `yaml:"type"`    // or: literals of this type
	Key      Arg        `yaml:"key"`
	Default  *Arg       `yaml:"default"`
	Evaluate []Evaluate `yaml:"evaluate"`
	// Stage is the argument or field that tells the lifecycle stage.
	Stage *Arg `yaml:"stage"`
}

// Evaluate is a way to evaluate an Object. In YAML a plain string is its Name.
type Evaluate struct {
	Name     string            `yaml:"name"`
	Flag     *int              `yaml:"flag"`    // index of the argument that is the object; nil: the receiver
	Value    int               `yaml:"value"`   // index of the result
	Error    *int              `yaml:"error"`   // index of the error result
	Default  *Arg              `yaml:"default"` // fallback given at the call
	Returns  string            `yaml:"returns"` // "func": calling the result evaluates
	Negated  bool              `yaml:"negated"`
	Details  map[string]Detail `yaml:"details"`
	Callback *Callback         `yaml:"callback"`
	Type     registry.Type     `yaml:"type"`
}

// Override is a call by which a test or a tool sets a flag.
type Override struct {
	Name  string `yaml:"name"`
	Key   Arg    `yaml:"key"`
	Value *Arg   `yaml:"value"` // same Arg as Key: a map from key to value, or a list of keys that are set to true
	Set   any    `yaml:"set"`   // the implied value
}

// EnvName names the environment variable that sets a flag: a pattern with {key},
// or the field of the flag object that holds it.
type EnvName struct {
	Pattern string
	Field   string
}
