package flagflow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"reflect"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"golang.org/x/tools/go/analysis"
)

// Result is the flow model of a package.
type Result struct {
	// Sites are the places that read a flag: every evaluation, and every
	// condition on a flag's value however it got there. In source order.
	Sites []*Site
	// Branches are the if statements and switches on flags, in source order.
	Branches []*Branch
}

// Fact says of a flag that its value equals, or does not equal, a constant. Facts
// of bool flags always say equal.
type Fact struct {
	Key, Param string
	Value      constant.Value
	Equal      bool
}

// String renders `new-checkout is true`.
func (f Fact) String() string {
	verb := " is "
	if !f.Equal {
		verb = " is not "
	}
	return f.Key + verb + f.Value.String()
}

// not returns the fact that holds where f does not.
func (f Fact) not() Fact {
	if f.Value.Kind() == constant.Bool {
		f.Value = constant.MakeBool(!constant.BoolVal(f.Value))
	} else {
		f.Equal = !f.Equal
	}
	return f
}

// Decides reports whether f settles g, and how: both are about one flag, and g
// must hold, or cannot.
func (f Fact) Decides(g Fact) (value, ok bool) {
	if f.Key != g.Key || f.Param != g.Param || f.Value.Kind() != g.Value.Kind() {
		return false, false
	}
	same := constant.Compare(f.Value, token.EQL, g.Value)
	switch {
	case same:
		return f.Equal == g.Equal, true
	case f.Equal:
		return !g.Equal, true
	}
	return false, false
}

// How tells by what means a flag controls code.
type How string

// The means of control.
const (
	ByBranch      How = "branch"       // the code is in an arm of a branch on the flag
	ByLoop        How = "loop"         // in the body of a loop that runs while the flag says so
	ByExit        How = "early return" // behind an arm that leaves
	ByOperand     How = "operand"      // the right operand of &&
	ByAlternative How = "alternative"  // the right operand of ||
	ByCallback    How = "callback"     // in a function that the evaluation runs
)

// Control is one flag's control of a place.
type Control struct {
	Key, Param string
	// Fact is what the flag's value is known to be, or nil where the condition
	// has other ways to the place.
	Fact *Fact
	Read ast.Expr // the expression that reads the flag
	How  How
	// Func is the function declaration or literal in which Read stands.
	Func ast.Node
	// Call is the call by which the control came into the function, if it did.
	Call *ast.CallExpr
}

// Site is a place that reads a flag.
type Site struct {
	Expr  ast.Expr           // the call or other expression that reads it
	Value flagref.FlagValue  // what of the flag it yields
	Ref   *flagref.Reference // the evaluation that stands here, or nil
	// Test is the condition that the read makes, such as !on or mode == "fast":
	// Expr itself where the read is a condition alone, nil where it is none.
	Test ast.Expr
	// Fact is what holds where Test does; nil without Test.
	Fact *Fact

	Controls []Control // from the outside in
	Func     ast.Node  // innermost *ast.FuncDecl or *ast.FuncLit; nil at package level
	Decl     *ast.FuncDecl
	Loops    []ast.Stmt // loops of Func around the place, from the outside in
	arms     []arm
}

// arm is a side of a branch on anything that holds a place.
type arm struct {
	node   ast.Node
	index  int
	leaves bool // the side ends by leaving the list of statements that holds the branch
}

// Exclusive reports whether no run through their function reaches both sites,
// the first of which comes earlier in the source, unless a loop does.
func Exclusive(first, second *Site) bool {
	for i, a := range first.arms {
		if i < len(second.arms) && second.arms[i].node == a.node {
			if second.arms[i].index != a.index {
				return true
			}
			continue
		}
		// Here the ways part: second is not in this branch.
		for _, rest := range first.arms[i:] {
			if rest.leaves {
				return true
			}
		}
		return false
	}
	return false
}

// Branch is an if statement or a switch whose condition reads flags.
type Branch struct {
	Stmt ast.Stmt // *ast.IfStmt or *ast.SwitchStmt
	Func ast.Node
	// Keys are the flags that the condition reads, in order.
	Keys []string
	Arms []Arm
	// Elif: the statement is the else of another if.
	Elif bool
	// Pure: the condition reads flags and does nothing else.
	Pure bool
	// Tag is the flag whose value the switch is on, or nil.
	Tag *flagref.FlagValue
}

// Arm of a Branch.
type Arm struct {
	Pos   token.Pos
	End   token.Pos
	Stmts []ast.Stmt
	Cases []ast.Expr // of a switch; empty for its default
	Facts []Fact     // what holds in the arm
}

// NewAnalyzer returns the analyzer whose result is the *Result of a package;
// refs is the analyzer whose result is its *flagref.Result.
func NewAnalyzer(refs *analysis.Analyzer) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:       "flagflow",
		Doc:        "tell which code a flag controls\n\nA helper of other analyzers: it has a result, and reports nothing.",
		Requires:   []*analysis.Analyzer{refs},
		ResultType: reflect.TypeFor[*Result](),
		Run: func(pass *analysis.Pass) (any, error) {
			return build(pass, pass.ResultOf[refs].(*flagref.Result)), nil
		},
	}
}

func build(pass *analysis.Pass, refs *flagref.Result) *Result {
	w := &walker{
		pass: pass, info: pass.TypesInfo, refs: map[ast.Node][]*flagref.Reference{}, values: refs.Values,
		res: &Result{}, calls: map[*types.Func][]callSite{},
	}
	for _, ref := range refs.References {
		if ref.Kind == flagref.Evaluation && ref.Key != "" && ref.Dynamic == "" {
			w.refs[ref.Node] = append(w.refs[ref.Node], ref)
		}
	}
	if len(w.refs) == 0 && len(w.values) == 0 {
		return w.res
	}
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			w.decl(decl)
		}
	}
	w.enter()
	return w.res
}
