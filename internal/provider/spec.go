package provider

import "github.com/flaghygiene/flaglint/registry"

// Spec is what is known of one flag SDK or in-house flag system: the schema of
// the built-in data files and of one entry of `providers:` in .flaglint.yaml.
type Spec struct {
	Name string `yaml:"name"`
	// Title, Source and Note are for docs/providers.md: the SDK's name, where the
	// facts were read (module and version), and what a reader must know.
	Title  string `yaml:"title"`
	Source string `yaml:"source"`
	Note   string `yaml:"note"`

	// Modules are the module paths that {mod} stands for in names:
	// "github.com/x/y" matches with and without a version suffix (/v2, .v4). A
	// built-in spec acts where a package of its module is imported, because only
	// there can its objects appear; nothing need be switched on. Empty for the
	// standard library and for in-house specs.
	Modules []string `yaml:"modules"`
	// Prefixes, where not empty, limit the spec to keys that a registry names or
	// that start with one of these (environment variables, viper, flag …), see
	// Admits; an entry !KEY excepts a key that is none in spite of its prefix
	// (!FEATURE_GATES). A configured provider that has the name of a built-in one and
	// nothing but prefixes replaces those of the built-in.
	Prefixes []string `yaml:"prefixes"`

	Functions    []Function    `yaml:"functions"`
	Fields       []Field       `yaml:"fields"`
	Objects      []Object      `yaml:"objects"`
	Declarations []Declaration `yaml:"declarations"`
	Containers   []Container   `yaml:"containers"`
	Decoders     []Decoder     `yaml:"decoders"`
	Scopes       []Scope       `yaml:"scopes"`
	Lookups      []string      `yaml:"lookups"`
	Contains     []string      `yaml:"contains"`
	Overrides    []Override    `yaml:"overrides"`
	Env          EnvName       `yaml:"env"`

	// Pos is where the spec stands, and At where each text of it stands first, so
	// that an error about a name can say where it is written. Both are empty for
	// specs made in code.
	Pos registry.Position            `yaml:"-"`
	At  map[string]registry.Position `yaml:"-"`

	// ownPrefixes: the configuration gave the prefixes of a built-in spec.
	ownPrefixes bool
	// builtin is set on what Builtin returns: a name that one version of a module
	// lacks is then no error, and a configured provider may restate it.
	builtin bool
}

// Arg selects a part of a call: argument Index (receiver excluded; ReceiverArg
// is the receiver), or the field Field of the struct (or pointed-to struct)
// given there. In YAML it is a number, or {arg: 0, field: Key}, or {field: Key}
// for a field of the object itself (Index is then ReceiverArg). Field may be a
// path ("A.B"). Where the field's value is a slice (urfave's EnvVars), every
// element counts. A pointer to a string counts as the string it points to where
// the expression is &local or a call with one constant argument (aws.String("k")).
type Arg struct {
	Index int
	Field string
}

// ReceiverArg as an Arg.Index selects the receiver.
const ReceiverArg = -1

// NoResult as a Function.Value says that no result is the flag's value: a
// removal cannot put the value in the call's place.
const NoResult = -1

// Function is a function or method whose call evaluates a flag.
type Function struct {
	// Name is what go/types prints for the origin, e.g.
	// (*example.com/p.T).M; {mod} stands for each of Spec.Modules, and
	// {A,B} alternatives are expanded.
	Name string `yaml:"name"`
	// Since and Until bound the major versions of the module for which this
	// row holds, both inclusive (0: no bound).
	Since int `yaml:"since"`
	Until int `yaml:"until"`

	Key     Arg  `yaml:"key"`
	Keys    bool `yaml:"keys"` // the key argument is a slice, or a variadic list, of keys
	Default *Arg `yaml:"default"`
	// Option names functions whose call among the variadic arguments gives the
	// fallback as its argument 0 (unleash.WithFallback). {mod} and alternatives
	// are expanded as in Name; Set.IsOption answers for a *types.Func.
	Option []string `yaml:"option"`

	Type  registry.Type `yaml:"type"`  // type of the flag's value; unknown: from the result (ValueType)
	Value int           `yaml:"value"` // index of the result that is (or holds) the value; NoResult: none
	// Text: the value is text, whatever the flag's type (os.Getenv): the result does
	// not tell the type.
	Text bool `yaml:"text"`
	// Error is the index of the error result; nil: none.
	Error *int `yaml:"error"`
	// Found is the index of a bool result that says whether the key is known
	// (os.LookupEnv); with the value fixed it is true. Nil: none.
	Found *int `yaml:"found"`
	// Negated: the value is the opposite of the flag.
	Negated bool `yaml:"negated"`
	// Map: the value result is a map from flag key to the flag's value (or to the
	// struct that Details describes): m["k"] reads flag k. Beside Keys the keys
	// of the call bound it; beside Dynamic the call reads all flags, and the
	// index expressions alone name keys.
	Map bool `yaml:"map"`
	// Details: the value result is a struct (or pointer to one), and these of its
	// fields or methods tell the flag's value, by name as written in a selector
	// (promoted ones too). Everything else of the struct is unknown: an
	// evaluation whose result is used otherwise is no value to replace.
	Details map[string]Detail `yaml:"details"`
	// Detail is the index of a further result that holds details of the
	// evaluation (LaunchDarkly's EvaluationDetail): the value at Value can be
	// replaced only if this result is not used. Nil: none.
	Detail *int `yaml:"detail"`
	// Callback: argument Arg is a function that runs when the flag is When
	// (rox's Enabled(ctx, func())).
	Callback *Callback `yaml:"callback"`
	// Sentinel is the variant that the SDK returns for an unknown flag.
	Sentinel string `yaml:"sentinel"`
	// Param is the second-level key (a feature's variable): the value is that of
	// the parameter, not of the flag.
	Param *Arg `yaml:"param"`
	// Dynamic: a call reads flags whose keys it does not name (AllFlagsState).
	// Key means nothing then.
	Dynamic bool `yaml:"dynamic"`
	// Mention: the call names a key without evaluating it.
	Mention bool `yaml:"mention"`
	// Named: a built-in prefix does not make a flag of the key, see Spec.PrefixesOf.
	Named bool `yaml:"named"`
}

// Detail is a field or method of an evaluation's detail struct. In YAML a plain
// string is its Role.
type Detail struct {
	// Role: "value" (the flag's value), "negated" (its opposite), "variant" (the
	// name of the variation), "key" (the flag's key), "error", "param" (a method
	// that reads a second-level key), or "other" (known, and not the flag's value).
	Role string `yaml:"role"`
	// Key and Default of a "param" method: its arguments.
	Key     *Arg `yaml:"key"`
	Default *Arg `yaml:"default"`
	// Error is the index of the error result of a method; nil: none.
	Error *int `yaml:"error"`
}

// The roles of a Detail.
const (
	RoleValue   = "value"
	RoleNegated = "negated"
	RoleVariant = "variant"
	RoleKey     = "key"
	RoleError   = "error"
	RoleParam   = "param"
	RoleOther   = "other"
)

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
	Declare string `yaml:"declare"` // function or method whose result 0 is the flag
	Type    string `yaml:"type"`    // or: literals of this type
	Key     Arg    `yaml:"key"`
	// Contained: the object has no key of its own; it is the name of the field of
	// a Container that holds the object (rox). Key means nothing then.
	Contained bool `yaml:"contained"`
	// MapKey: the literal of Type is the value of an entry of a map literal (or of
	// an assignment m[k] = …), and the entry's key is the flag's. Where the map's
	// values are slices of Type (Kubernetes' VersionedSpecs), the element of the
	// highest Version is the flag's present state; the last where none is given.
	MapKey bool `yaml:"mapkey"`
	// Default is the fallback, or the value that the registration gives.
	Default *Arg `yaml:"default"`
	// Only limits the row to values of this type (istio's Register[bool]).
	Only registry.Type `yaml:"only"`
	// Named: a built-in prefix does not make a flag of the key, see Spec.PrefixesOf; of
	// a generic Type, where it is one of bools (urfave's FlagBase[bool]), it does.
	Named bool `yaml:"named"`

	Evaluate []Evaluate `yaml:"evaluate"`
	// Pointer: Declare returns a pointer to the value (flag.Bool); reading through
	// it evaluates.
	Pointer bool `yaml:"pointer"`
	// Into is the argument that is the address of the variable or field which
	// holds the value from then on (flag.BoolVar): reading it evaluates.
	Into *Arg `yaml:"into"`

	// Stage is the argument or field that tells the lifecycle stage, and Stages
	// what each constant means, by the constant's name (see StageOf); nil Stage
	// means that the stage is that of the constant named "".
	Stage  *Arg             `yaml:"stage"`
	Stages map[string]Stage `yaml:"stages"`
	// Lock is the field that, when true, makes any other value than the default
	// impossible: the flag is retired with its default as value.
	Lock *Arg `yaml:"lock"`
	// Version is the field that orders the literals of a slice.
	Version *Arg `yaml:"version"`
	// Meta gives other fields of the flag ("description", "owner", "issue",
	// "expires", "created", "kind", and "variants", a slice literal) from constant
	// arguments or fields.
	Meta map[string]Arg `yaml:"meta"`
	// Options are functions whose call among the variadic arguments of Declare
	// gives a field of the flag as its argument 0.
	Options []MetaOption `yaml:"options"`
}

// Stage is what a stage constant says of a flag. Value is nil where the stage
// does not fix the value.
type Stage struct {
	State  registry.State `yaml:"state"`
	Value  *bool          `yaml:"value"`
	Locked bool           `yaml:"locked"`
	// Default is the flag's value while the stage does not lock it (an OTel gate
	// has no other default than its stage's).
	Default *bool `yaml:"default"`
}

// MetaOption is an option of a registration that gives a field of the flag, one
// of those that Object.Meta names.
type MetaOption struct {
	Name string `yaml:"name"`
	Sets string `yaml:"sets"`
}

// Evaluate is a way to evaluate an Object. In YAML a plain string is its Name.
type Evaluate struct {
	Name     string            `yaml:"name"`
	Flag     *int              `yaml:"flag"`    // index of the argument that is the object; nil: the receiver
	Value    int               `yaml:"value"`   // index of the result
	Error    *int              `yaml:"error"`   // index of the error result
	Found    *int              `yaml:"found"`   // index of a bool result that says whether the key is known
	Default  *Arg              `yaml:"default"` // fallback given at the call
	Returns  string            `yaml:"returns"` // "func": calling the result evaluates
	Negated  bool              `yaml:"negated"`
	Details  map[string]Detail `yaml:"details"`
	Callback *Callback         `yaml:"callback"`
	Type     registry.Type     `yaml:"type"`
	// Mention: the method names the flag without evaluating it (Gate.ID).
	Mention bool `yaml:"mention"`
}

// Declaration is a call that declares a flag by its key, and has no object for
// it (viper.SetDefault). Where Default has the Index of Key, the argument is a
// map from key to default.
type Declaration struct {
	Name    string `yaml:"name"`
	Key     Arg    `yaml:"key"`
	Default *Arg   `yaml:"default"`
}

// Container is a struct whose fields hold flag objects, and that one call
// registers, with a namespace (rox). The key of a field is its tag or name,
// behind "namespace." where the namespace is not empty. A struct type that is
// registered with several namespaces has as many keys a field; one that no call
// registers has no keys. Writing such a field in a test is an override: the
// value is the Default of the Object that the new value was declared by.
type Container struct {
	Register string `yaml:"register"`
	// Namespace is the argument that gives it; nil: the empty namespace.
	Namespace *Arg `yaml:"namespace"`
	Arg       int  `yaml:"arg"` // the struct, or a pointer to it
	// Holds is the interface that the fields' values implement to be flags.
	Holds string `yaml:"holds"`
	Tag   string `yaml:"tag"` // the struct tag that renames a field's flag
}

// Decoder is a call that fills a struct from settings which its field tags
// name (envconfig.Process): reading a field of that struct then evaluates the
// setting. Set.Decoder finds the call, Decoder.Settings the fields and keys.
type Decoder struct {
	Name string `yaml:"name"`
	// Into is the argument that is a pointer to the struct; nil: the struct is (or
	// is pointed to by) result 0 (env.ParseAs[T]).
	Into *Arg   `yaml:"into"`
	Tag  string `yaml:"tag"` // the struct tag that names the setting
	// Derive says how a field without the tag is named: "" not at all, "upper"
	// (envconfig: the upper-case field name), "lower" (mapstructure).
	Derive string `yaml:"derive"`
	// Prefix is the argument that gives a prefix for all names; it is joined to
	// the name by Join.
	Prefix *Arg   `yaml:"prefix"`
	Join   string `yaml:"join"`
	// Alias: the name that a tag gives counts without the prefix, too.
	Alias bool `yaml:"alias"`
	// Nested says how the fields of a nested struct are named: by the prefix that
	// this tag of the field gives (envPrefix), or, where it is "name", by the
	// field's own name and Join; empty: without a prefix. A value "tag:opt" takes
	// option opt= of the tag.
	Nested string `yaml:"nested"`
	// Split is the tag that, when true, splits the field's name into words.
	Split string `yaml:"split"`
	// Default is the tag that gives the default; "tag:opt" takes option opt= of
	// that tag.
	Default string `yaml:"default"`
}

// Scope is a call whose result are the settings below a key (viper.Sub): what that
// is asked for has the key, and Join, before it.
type Scope struct {
	Name string `yaml:"name"`
	Key  Arg    `yaml:"key"`
	Join string `yaml:"join"`
}

// Override is a call, or a literal, by which a test or a tool sets a flag.
type Override struct {
	// Name is a function or method, as Function.Name.
	Name string `yaml:"name"`
	// Type, instead of Name, is a struct type whose literals set flags
	// (configcat.FlagOverrides); Key and Value are then fields of it.
	Type  string `yaml:"type"`
	Since int    `yaml:"since"`
	Until int    `yaml:"until"`

	Key Arg `yaml:"key"`
	// Value is the argument that gives the value. The same Index as Key: the
	// argument is a map from key to value, or a list of keys (a variadic list
	// too) that are set to true (in a list of any, to the bool that follows a
	// key). A Field then is that of the map's values, which are structs or
	// pointers to structs.
	Value *Arg `yaml:"value"`
	// Variants: the value found is a variant's name, and this field beside it (the
	// map's value struct) maps names to values.
	Variants string `yaml:"variants"`
	Set      any    `yaml:"set"` // the implied value
	// Pairs: the key argument is one string "A=true,B=false" (Kubernetes), with & for the comma too, or
	// with "+-": "+a,-b" (OTel).
	Pairs string `yaml:"pairs"`
	// Address: the key argument is the address of a variable that holds the
	// flag's value (istio's test.SetForTest).
	Address bool `yaml:"address"`
	// Setters: the call begins a chain of method calls (a builder, an expectation
	// of a mock), and these methods of the chain, by name, give the value as
	// their argument 0. The last one wins.
	Setters []string `yaml:"setters"`
	// Apply are the functions that take the chain as an argument: what sets the
	// flag, and what a removal deletes, is the statement of that call.
	Apply []string `yaml:"apply"`
}

// EnvName names the environment variable that sets a flag: a pattern with {key}
// (or {KEY}: the key in upper case), or the field of the flag object that holds
// it.
type EnvName struct {
	Pattern string
	Field   string
}
