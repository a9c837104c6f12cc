package flagref

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/flaghygiene/flaglint/registry"
)

// RefKind says what a reference does with a flag.
type RefKind string

// The kinds of reference, as the JSON output names them.
const (
	// Evaluation: the flag's value is read. It stands where the key is bound to
	// the evaluation: the call of a wrapper is one.
	Evaluation RefKind = "evaluation"
	// Declaration: the flag is declared (a key constant, a gate's spec, a
	// registration, a field of a flag struct).
	Declaration RefKind = "declaration"
	// Override: a test or a tool sets the flag.
	Override RefKind = "override"
	// Mention: the key is used otherwise.
	Mention RefKind = "mention"
)

// Reference is one use of a flag in one package.
type Reference struct {
	Kind RefKind
	// Key is the flag's key; empty when the key is not known at build time, and
	// then Dynamic says why.
	Key     string
	Dynamic string
	// Param is the second-level key of layers and feature variables, or empty.
	Param string

	// Node is the syntax that is the reference: for an evaluation the call
	// expression, or the selector or identifier that reads the flag; for an
	// override the call, the key-value pair of a literal, or the assignment; for a declaration
	// the value spec, key-value pair, call or field.
	Node ast.Node
	// KeyNode is the expression or identifier that names the key at Node, nil
	// when the key is named elsewhere (a method of a flag object).
	KeyNode ast.Node
	// KeyObject is the constant or variable that KeyNode refers to, if it does.
	KeyObject types.Object

	Provider string
	Type     registry.Type
	// DefaultNode is the fallback expression at Node, or of a declaration where the
	// flag is made, if there is one; Default is its constant value, nil when not
	// constant or absent. DefaultAt is where the fallback stands if that is not an
	// expression of this package's: in the helper that Node calls, or in the tag of
	// the field that Node is. Where neither is given, Default is what another
	// reference declares.
	DefaultNode ast.Expr
	DefaultAt   token.Position
	Default     constant.Value

	// Sentinel is the variant that the SDK returns where it does not know the flag,
	// or empty.
	Sentinel string

	// Shape tells how the flag's value leaves Node; meaningful for evaluations.
	Shape Shape

	// Call is the call that sets the flag, where Node is an entry of a map that the
	// call is given; nil for everything but overrides.
	Call ast.Expr
	// Set is the value that an override sets, nil when not constant; SetNode is
	// the expression that gives it, nil when implied.
	Set     constant.Value
	SetNode ast.Expr
	// SetVariants are the values of the variants that SetNode names one of, where an
	// override serves a variant by its name.
	SetVariants map[string]constant.Value
	// SetValues are the constants that an override may set, where it is one of
	// several (a table column, a loop over both states).
	SetValues []constant.Value

	// Via are the positions of the evaluations inside wrappers, outermost first.
	Via []token.Position
	// Foreign: Node calls a function of a module that the program depends on, and
	// that names the key.
	Foreign bool

	// Func is the enclosing function declaration, nil at package level.
	Func *ast.FuncDecl
	// FuncName is how the JSON output names the enclosing function ("shop.Total",
	// "shop.(*Cart).Total"); empty at package level.
	FuncName string

	Test      bool // the file is a _test.go file
	Support   bool // the file imports package testing: its functions are for tests, where it is no _test.go file
	Generated bool // the file says that it is generated
}

// Shape tells how an evaluation's syntax yields the flag's value.
type Shape struct {
	// Result is the index of the result that is the value, or holds it in fields;
	// -1 where none is (a wrapper that uses the value inside).
	Result int
	// Error is the index of the error result, or -1.
	Error int
	// Found is the index of a bool result that says whether the key is known, or -1.
	Found int
	// Negated: the result is the opposite of the flag.
	Negated bool
	// Exact: the result is the flag's value and nothing else. Where false (a
	// wrapper that computes on the value), a removal must not replace Node.
	Exact bool
	// Fallback: Exact is false only because of paths on which the wrapper does not
	// ask for the flag, and which the caller's arguments do not decide: there is no
	// client, the environment overrides, a cache answers. The flag system as a whole
	// gives the result, and nothing is computed on it.
	Fallback bool
	// Details, if not nil: the result is a struct or a pointer to one; the map
	// tells the role of its fields and methods ("value", "negated", "variant", "key", "error").
	Details map[string]string
	// Callback is the index of the function argument that the evaluation runs
	// when the flag equals CallbackWhen, or -1.
	Callback     int
	CallbackWhen bool
	// Multi: Node evaluates several flags, or one of several; a reference stands
	// for each, and replacing Node for one of them is wrong.
	Multi bool
	// Effects: the wrapper that Node calls does more than evaluate (it logs,
	// counts); the value may still be exact.
	Effects bool
	// Idle: Node is a call without results that does nothing when the flag equals
	// IdleWhen.
	Idle, IdleWhen bool
	// Func: Node is a function value (a method value bound to a flag); calling
	// it evaluates the flag.
	Func bool
}

// CodeFlag is a flag that Go code registers (a Kubernetes gate's spec, an OTel
// gate), with the syntax that declares it.
type CodeFlag struct {
	Flag *registry.Flag
	Node ast.Node     // the registration: map entry, call, literal
	Obj  types.Object // the constant or variable that stands for the flag, if any
}

// Result is what the flagref analyzer finds in one package.
type Result struct {
	References []*Reference // in source order
	CodeFlags  []CodeFlag
	// Values tells of expressions that their value is a flag's: evaluations, calls
	// of predicates ("func newUI() bool" around one evaluation), locals, package
	// variables and fields that hold an evaluation's result. Conditions are read
	// through it; references are not repeated for it.
	Values map[ast.Expr]FlagValue
	// Extra is what the package tells of things in packages that it imports.
	Extra *Extra
	// Asked is what the search asked of its surroundings, beside the package and the facts.
	Asked Asked
	// Names and Lacks are made where Config.Carries is given.
	Names Names
	Lacks Lacks
}

// FlagValue says that an expression yields the value of a flag.
type FlagValue struct {
	Key   string
	Param string // second-level key, as Reference.Param
	// Negated: the expression is the opposite of the flag.
	Negated bool
	// Exact: the value is the flag's and nothing else; otherwise it depends on
	// the flag among other things.
	Exact bool
	// Fallback is as in Shape.
	Fallback bool
	// Role is what of the flag the expression holds: "" or "value", "details" (a
	// struct that holds the value), "variant", "error".
	Role string
}

// Tells reports whether the expression is what the flag system as a whole says of the
// flag, with nothing computed on it: to a reader a branch on it is a branch on the flag.
func (v FlagValue) Tells() bool { return v.Exact || v.Fallback }
