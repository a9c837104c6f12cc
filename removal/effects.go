package removal

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// purePackages are packages whose functions and methods have no effect that a
// program could miss when a call of theirs is not made.
var purePackages = map[string]bool{
	"bytes": true, "cmp": true, "errors": true, "html": true, "math": true, "math/bits": true,
	"net/url": true, "path": true, "path/filepath": true, "strconv": true, "strings": true,
	"time": true, "unicode": true, "unicode/utf8": true,
	"github.com/launchdarkly/go-sdk-common/v3/ldcontext":               true,
	"github.com/launchdarkly/go-sdk-common/v3/ldvalue":                 true,
	"github.com/launchdarkly/go-sdk-common/v3/lduser":                  true,
	"gopkg.in/launchdarkly/go-sdk-common.v2/ldvalue":                   true,
	"gopkg.in/launchdarkly/go-sdk-common.v2/lduser":                    true,
	"github.com/thomaspoignant/go-feature-flag/ffcontext":              true,
	"github.com/thomaspoignant/go-feature-flag/ffuser":                 true,
	"github.com/thomaspoignant/go-feature-flag/modules/core/ffcontext": true,
	"github.com/aws/aws-sdk-go-v2/aws":                                 true,
}

// pureFunctions are such functions of packages that also have others, by
// types.Func.FullName without type arguments; a trailing * stands for any name.
var pureFunctions = map[string]bool{
	"context.Background": true, "context.TODO": true, "context.WithValue": true, "context.WithoutCancel": true,
	"context.WithCancel": true, "context.WithCancelCause": true,
	"(context.Context).Value": true, "(context.Context).Err": true, "(context.Context).Done": true,
	"(context.Context).Deadline": true,
	"fmt.Sprint":                 true, "fmt.Sprintf": true, "fmt.Sprintln": true, "fmt.Errorf": true,
	"os.Getenv": true, "os.LookupEnv": true, "os.Getpid": true, "os.Hostname": true,
	"(*net/http.Request).Context": true, "(*net/http.Request).UserAgent": true, "(net/http.Header).Get": true,
	"(*net/http.Request).FormValue": true, "(*net/http/httptest.Server).Client": true,
	"(*testing.common).Context": true,
	"(*testing.common).Name":    true, "(*testing.common).TempDir": true, "(testing.TB).Name": true, "(testing.TB).TempDir": true,
	"(testing.TB).Context": true,
	"slices.All":           true, "slices.Backward": true, "slices.Values": true, "slices.Contains": true, "slices.Index": true,
	"slices.Clone": true, "slices.Equal": true, "maps.All": true, "maps.Keys": true, "maps.Values": true, "maps.Clone": true,
	"sync.OnceFunc": true, "sync.OnceValue": true, "sync.OnceValues": true,
	"(*sync/atomic.Bool).Load":                                                    true,
	"(*sync/atomic.Int64).Load":                                                   true,
	"github.com/open-feature/go-sdk/openfeature.NewEvaluationContext":             true,
	"github.com/open-feature/go-sdk/openfeature.NewTargetlessEvaluationContext":   true,
	"github.com/open-feature/go-sdk/openfeature.TransactionContext":               true,
	"github.com/open-feature/go-sdk/openfeature.NewDefaultClient":                 true,
	"github.com/open-feature/go-sdk/openfeature.NewClient":                        true,
	"(github.com/open-feature/go-sdk/openfeature.EvaluationContext).TargetingKey": true,
}

// matchers are functions of gomock that only make a matcher.
var matchers = map[string]bool{
	"All": true, "Any": true, "AnyOf": true, "AssignableToTypeOf": true, "Eq": true, "InAnyOrder": true, "Len": true,
	"Nil": true, "Not": true, "Regex": true,
}

var pureBuiltins = map[string]bool{
	"len": true, "cap": true, "make": true, "new": true, "append": true, "complex": true,
	"real": true, "imag": true, "min": true, "max": true,
}

// effectsOf returns the sub-expressions of e, outermost and in order, whose
// evaluation does more than yield a value: calls that are not known to be pure,
// and receives. Run-time panics of index, division and dereference do not count.
func (e *engine) effectsOf(x ast.Expr) []ast.Expr {
	if e.madeForFlag(x) || e.makesClient(x) {
		return nil
	}
	var out []ast.Expr
	ast.Inspect(x, func(n ast.Node) bool {
		// What is decided on a part already decides which of its effects are left.
		if d := e.dec[n]; d != nil {
			switch d.op {
			case opLit: // its effects run before the statement
				return false
			case opKeep:
				out = append(out, e.effectsOf(d.keep)...)
				return false
			}
		}
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			if e.pureCall(n) {
				return true
			}
			out = append(out, n)
			return false
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				out = append(out, n)
				return false
			}
		case *ast.BinaryExpr:
			// The right operand runs or not: it cannot be kept alone.
			if (n.Op == token.LAND || n.Op == token.LOR) && len(e.effectsOf(n.Y)) > 0 {
				out = append(out, n)
				return false
			}
		}
		return true
	})
	return out
}

// idle reports whether nothing is lost when an expression goes: it has no effect, and none
// of its parts has one that runs before the statement as it is.
func (e *engine) idle(x ast.Expr) bool {
	if len(e.effectsOf(x)) > 0 {
		return false
	}
	ok := true
	ast.Inspect(x, func(n ast.Node) bool {
		if h, isExpr := n.(ast.Expr); isExpr && e.hoisted[h] != nil {
			ok = false
		}
		return ok
	})
	return ok
}

// makesClient reports whether x calls a constructor of the program for what a flag
// that goes is asked of, a client or a manager of flags. It is part of the evaluation:
// once nothing takes the client, the call has lost its purpose, whatever the
// constructor reads and logs to get there.
func (e *engine) makesClient(x ast.Expr) bool {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn := e.x.callee(call)
	if fn == nil || !e.constructsClient(fn) {
		return false
	}
	if _, ok := e.x.decl(idOf(fn)).(*ast.FuncDecl); !ok {
		return false
	}
	return !slices.ContainsFunc(call.Args, func(a ast.Expr) bool { return len(e.effectsOf(a)) > 0 })
}

// givesClient reports whether a call gives what a flag that goes is asked of. As what a
// package variable holds that nothing uses any more it is part of the evaluation, as
// it is in makesClient: it is there to ask for the flag.
func (e *engine) givesClient(call *ast.CallExpr) bool {
	fn := e.x.callee(call)
	return fn != nil && fn.Signature().Recv() == nil && e.constructsClient(fn)
}

// constructsClient reports whether a function is, by its name and its one result, a
// constructor of what a flag that goes is asked of.
func (e *engine) constructsClient(fn *types.Func) bool {
	results := fn.Signature().Results()
	return results.Len() == 1 && strings.HasPrefix(strings.ToLower(fn.Name()), "new") && e.clientTypes()[typeKey(results.At(0).Type())]
}

// clientTypes are the named types whose methods evaluate one of the flags.
func (e *engine) clientTypes() map[string]bool {
	if e.clients == nil {
		e.clients = map[string]bool{}
		for _, s := range e.seeds {
			call, ok := s.ref.Node.(*ast.CallExpr)
			if !ok || len(s.ref.Via) > 0 {
				continue
			}
			if fn := e.x.callee(call); fn != nil && fn.Signature().Recv() != nil {
				e.clients[typeKey(fn.Signature().Recv().Type())] = true
			}
		}
	}
	return e.clients
}

// typeKey names a type, or the one that it points to.
func typeKey(t types.Type) string {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	return types.TypeString(t, nil)
}

// builtinCall returns the name of the builtin function that a call is of, "" for any other.
func (e *engine) builtinCall(x *ast.CallExpr) string {
	id, ok := ast.Unparen(x.Fun).(*ast.Ident)
	if !ok {
		return ""
	}
	if b, ok := e.x.objectAt(id).(*types.Builtin); ok {
		return b.Name()
	}
	return ""
}

// pureCall reports whether the call itself, its operands aside, has no effect.
func (e *engine) pureCall(call *ast.CallExpr) bool {
	if e.isConversion(call) {
		return true
	}
	if s := e.seeds[call]; s != nil || e.tests.succeeds(call) {
		return true
	}
	if name := e.builtinCall(call); name != "" {
		return pureBuiltins[name]
	}
	fn := e.x.callee(call)
	if fn == nil {
		return false
	}
	if decl, ok := e.x.decl(idOf(fn)).(*ast.FuncDecl); ok {
		return e.pureFunc(decl)
	}
	if fn.Pkg() == nil || isProtoGetter(fn) { // error.Error
		return true
	}
	switch fn.Pkg().Path() {
	case "go.uber.org/mock/gomock", "github.com/golang/mock/gomock":
		return fn.Signature().Recv() == nil && matchers[fn.Name()]
	}
	return purePackages[fn.Pkg().Path()] || pureFunctions[fn.Origin().FullName()]
}

// isProtoGetter reports whether a method is the getter that is generated for a field
// of a protocol buffer message.
func isProtoGetter(fn *types.Func) bool {
	sig := fn.Signature()
	if sig.Recv() == nil || !strings.HasPrefix(fn.Name(), "Get") || sig.Params().Len() > 0 || sig.Results().Len() != 1 {
		return false
	}
	if _, ok := types.Unalias(sig.Recv().Type()).(*types.Pointer); !ok {
		return false
	}
	m, _, _ := types.LookupFieldOrMethod(sig.Recv().Type(), false, fn.Pkg(), "ProtoReflect")
	f, ok := m.(*types.Func)
	return ok && f.Signature().Params().Len() == 0 && f.Signature().Results().Len() == 1
}

func (e *engine) isConversion(call *ast.CallExpr) bool {
	info := e.x.infoFor(call)
	return info != nil && info.Types[call.Fun].IsType()
}

// pureFunc reports whether calling a function of the program does nothing but
// compute its results: what survives of its body declares and reads, assigns
// only to its own variables, and calls only pure functions.
func (e *engine) pureFunc(decl *ast.FuncDecl) bool {
	if p, ok := e.pure[decl]; ok {
		return p
	}
	e.pure[decl] = false // recursion: not shown to end
	if decl.Body == nil {
		return false
	}
	e.asOfLastRound(func() { e.pure[decl] = e.pureBody(decl) })
	return e.pure[decl]
}

func (e *engine) pureBody(decl *ast.FuncDecl) bool {
	pure := true
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		if !pure || n == nil {
			return false
		}
		if d := e.dec[n]; d != nil && len(d.hoist) > 0 {
			pure = false // effects run in its place
			return false
		}
		if d := e.dec[n]; d != nil && d.op != opNone {
			if d.op == opDrop && len(d.hoist) == 0 || d.op == opLit && len(d.val.effects) == 0 {
				return false
			}
		}
		switch n := n.(type) {
		case *ast.GoStmt, *ast.DeferStmt, *ast.SendStmt, *ast.SelectStmt, *ast.ForStmt,
			*ast.BranchStmt, *ast.FuncLit:
			pure = false
		case *ast.RangeStmt:
			switch under(e.x.typeOf(n.X)).(type) {
			case *types.Slice, *types.Map: // it ends
			default:
				pure = false
			}
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				id, ok := l.(*ast.Ident)
				if (!ok || !e.declaredIn(id, decl) && id.Name != "_") && !e.fresh(l, decl) {
					pure = false
				}
			}
		case *ast.IncDecStmt:
			id, ok := n.X.(*ast.Ident)
			if !ok || !e.declaredIn(id, decl) {
				pure = false
			}
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				pure = false
			}
		case *ast.CallExpr:
			if !e.live(n) {
				return false
			}
			if !e.pureCall(n) {
				pure = false
			}
		}
		return pure
	})
	return pure
}

// fresh reports whether an assignment goes to a part of what a function made itself: an entry of a map
// or a field of a struct that a local holds from its declaration on, or an entry of
// the map that the struct was made with.
func (e *engine) fresh(l ast.Expr, decl *ast.FuncDecl) bool {
	ix, isIndex := ast.Unparen(l).(*ast.IndexExpr)
	if isIndex {
		l = ix.X
	}
	sel, isField := ast.Unparen(l).(*ast.SelectorExpr)
	if isField {
		l = sel.X
	}
	id, ok := ast.Unparen(l).(*ast.Ident)
	if !ok || !isIndex && !isField || !e.declaredIn(id, decl) {
		return false
	}
	made := e.madeBy(id)
	if isIndex && isField {
		made = fieldOf(made, sel.Sel.Name)
	}
	if call, ok := made.(*ast.CallExpr); ok {
		return e.builtinCall(call) == "make"
	}
	lit, ok := made.(*ast.CompositeLit)
	return ok && lit != nil
}

// madeBy is what a local is declared with, or what that is the address of, where nothing else is
// assigned to the local. Nil otherwise.
func (e *engine) madeBy(id *ast.Ident) ast.Expr {
	o := e.x.objectAt(id)
	decl := e.identAt(idOf(o))
	if decl == nil || slices.ContainsFunc(e.x.usesOf(idOf(o)), func(u *ast.Ident) bool { return !e.x.isRead(u) || e.addressTaken(u) }) {
		return nil
	}
	a, ok := e.x.parent(decl).(*ast.AssignStmt)
	if !ok || a.Tok != token.DEFINE || len(a.Lhs) != 1 || len(a.Rhs) != 1 {
		return nil
	}
	x := ast.Unparen(a.Rhs[0])
	if u, ok := x.(*ast.UnaryExpr); ok && u.Op == token.AND {
		x = ast.Unparen(u.X)
	}
	return x
}

// fieldOf is what a literal of a struct gives a field, nil where it gives nothing.
func fieldOf(x ast.Expr, name string) ast.Expr {
	lit, ok := x.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	for _, el := range lit.Elts {
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok && id.Name == name {
				return ast.Unparen(kv.Value)
			}
		}
	}
	return nil
}

func (e *engine) declaredIn(id *ast.Ident, decl *ast.FuncDecl) bool {
	obj := e.x.objectAt(id)
	return obj != nil && decl.Pos() <= obj.Pos() && obj.Pos() < decl.End()
}
