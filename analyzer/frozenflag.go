package analyzer

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"github.com/flaghygiene/flaglint/internal/flagflow"
)

// frozenFlag finds evaluations that happen once, when the program starts: in the
// value of a package variable, in init, and in a constructor that keeps the answer
// in a field. Switching the flag then does nothing until a restart, which nobody
// expects of a flag in the middle of an incident.
//
// Settings that cannot change while the program runs, such as environment
// variables and Kubernetes gates, are no finding; nor is a constructor that takes
// a context or a request, which is called for each of them.
var frozenFlag = Rule{
	Name:     "frozen-flag",
	Title:    "a flag is evaluated once, at start",
	Severity: SeverityInfo,
	uses:     usesFlow,
	check:    checkFrozenFlag,
}

func checkFrozenFlag(p *pass) {
	for _, site := range p.flow.Sites {
		if _, ok := site.Expr.(*ast.CallExpr); !ok || p.isTest(site.Expr.Pos()) ||
			site.Ref != nil && fixed(site.Ref.Provider) || site.Ref == nil && p.fixedKey(site.Value.Key) {
			continue
		}
		where := ""
		switch {
		case site.Func == nil:
			where = "when the package is initialised"
		case site.Func != ast.Node(site.Decl):
			// a function that runs whenever it is called
		case site.Decl.Name.Name == "init" && site.Decl.Recv == nil:
			where = "in init"
		case p.constructor(site.Decl) && p.kept(site):
			where = "in the constructor " + site.Decl.Name.Name
		}
		if where != "" {
			p.report(found{
				node: site.Expr, flag: site.Value.Key,
				message: fmt.Sprintf("flag %q is evaluated once, %s, so that switching it needs a restart", site.Value.Key, where),
			})
		}
	}
}

// constructor reports whether a function is called New…, returns a struct of this
// package or a pointer to one, and takes nothing that belongs to one request.
func (p *pass) constructor(fd *ast.FuncDecl) bool {
	name := strings.ToLower(fd.Name.Name)
	fn, ok := p.TypesInfo.Defs[fd.Name].(*types.Func)
	if !ok || fd.Recv != nil || !strings.HasPrefix(name, "new") {
		return false
	}
	for v := range fn.Signature().Params().Variables() {
		t := types.TypeString(v.Type(), nil)
		if t == "context.Context" || t == "*net/http.Request" {
			return false
		}
	}
	for v := range fn.Signature().Results().Variables() {
		if p.ownStruct(v.Type()) {
			return true
		}
	}
	return false
}

func (p *pass) ownStruct(t types.Type) bool {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() != p.Pkg {
		return false
	}
	_, ok = named.Underlying().(*types.Struct)
	return ok
}

// kept reports whether the answer of an evaluation, or the local that holds it,
// becomes a field.
func (p *pass) kept(site *flagflow.Site) bool {
	var local types.Object
	kept := false
	isIt := func(x ast.Expr) bool {
		x = ast.Unparen(x)
		if u, ok := x.(*ast.UnaryExpr); ok {
			x = ast.Unparen(u.X)
		}
		if id, ok := x.(*ast.Ident); ok {
			return local != nil && p.TypesInfo.Uses[id] == local
		}
		return x == site.Expr
	}
	ast.Inspect(site.Decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, r := range n.Rhs {
				if !isIt(r) {
					continue
				}
				switch l := n.Lhs[min(i, len(n.Lhs)-1)].(type) {
				case *ast.SelectorExpr:
					kept = true
				case *ast.Ident:
					if site.Ref != nil && len(n.Rhs) == 1 && site.Ref.Shape.Result < len(n.Lhs) {
						if id, ok := n.Lhs[site.Ref.Shape.Result].(*ast.Ident); ok {
							l = id
						}
					}
					local = p.TypesInfo.ObjectOf(l)
				}
			}
		case *ast.KeyValueExpr:
			kept = kept || isIt(n.Value) && p.isField(n.Key)
		}
		return true
	})
	return kept
}

func (p *pass) isField(key ast.Expr) bool {
	id, ok := key.(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := p.TypesInfo.ObjectOf(id).(*types.Var)
	return ok && v.IsField()
}
