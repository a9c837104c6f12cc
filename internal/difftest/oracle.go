package difftest

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/removal"
)

// uses counts, for each package-level object, method and field of a program,
// how often it is used outside of its own declaration.
type uses struct {
	count map[string]int
	keys  map[string]bool // constants that are nothing but the flag's key
	calls map[string]bool // variables whose initialiser may have effects
}

func usesOf(prog *removal.Program, key string) uses {
	u := uses{map[string]int{}, map[string]bool{}, map[string]bool{}}
	names := map[types.Object]string{}
	for _, p := range prog.Packages {
		scope := p.Types.Scope()
		for _, name := range scope.Names() {
			obj := scope.Lookup(name)
			full := p.Path + "." + name
			names[obj] = full
			if c, ok := obj.(*types.Const); ok && c.Val().Kind() == constant.String && constant.StringVal(c.Val()) == key {
				u.keys[full] = true
			}
			tn, ok := obj.(*types.TypeName)
			if !ok {
				continue
			}
			if named, ok := tn.Type().(*types.Named); ok {
				for m := range named.Methods() {
					names[m] = full + "." + m.Name()
				}
			}
			if s, ok := tn.Type().Underlying().(*types.Struct); ok {
				for f := range s.Fields() {
					names[f] = full + "." + f.Name()
				}
			}
		}
	}
	for _, n := range names {
		u.count[n] = 0
	}
	for _, p := range prog.Packages {
		for _, f := range p.Files {
			for _, d := range f.Decls {
				own := map[types.Object]bool{}
				ast.Inspect(d, func(n ast.Node) bool {
					if spec, ok := n.(*ast.ValueSpec); ok && hasCall(p, spec) {
						for _, id := range spec.Names {
							u.calls[names[p.Info.Defs[id]]] = true
						}
					}
					id, ok := n.(*ast.Ident)
					if !ok {
						return true
					}
					if obj := p.Info.Defs[id]; obj != nil {
						own[obj] = true
					}
					obj := p.Info.Uses[id]
					switch o := obj.(type) {
					case *types.Func:
						obj = o.Origin()
					case *types.Var:
						obj = o.Origin()
					}
					if name := names[obj]; name != "" && !own[obj] {
						u.count[name]++
					}
					return true
				})
			}
		}
	}
	return u
}

// hasCall reports whether a specification's values call anything.
func hasCall(p *removal.Package, spec *ast.ValueSpec) bool {
	found := false
	for _, v := range spec.Values {
		ast.Inspect(v, func(n ast.Node) bool {
			if c, ok := n.(*ast.CallExpr); ok && !p.Info.Types[c.Fun].IsType() {
				found = true
			}
			return !found
		})
	}
	return found
}

// compare holds the declarations and conditions of the result against those before.
func compare(r *Result, before, after *removal.Program) {
	b, a := usesOf(before, r.Program.Key), usesOf(after, r.Program.Key)
	for _, name := range slices.Sorted(maps.Keys(b.count)) {
		short := name[strings.LastIndexByte(name, '.')+1:]
		if short == "main" || short == "init" {
			continue
		}
		n, still := a.count[name]
		switch {
		case b.count[name] > 0 && still && n == 0 && !a.calls[name]:
			r.add(Leftover, "%s", name)
		case b.count[name] == 0 && !still && !b.keys[name] && a.has(owner(name)):
			r.add(Overreach, "%s", name)
		}
	}
	if r.Left {
		return
	}
	constant := constantConditions(before)
	for _, c := range constantConditions(after) {
		if !slices.ContainsFunc(constant, func(o string) bool { return text(o) == text(c) }) {
			r.add(Unfolded, "%s", c)
		}
	}
}

// owner is the type of a method or a field, and of anything else its package.
func owner(name string) string {
	return name[:strings.LastIndexByte(name, '.')]
}

// has reports whether a type is declared; a package always is.
func (u uses) has(name string) bool {
	_, ok := u.count[name]
	return ok || !strings.Contains(name[strings.LastIndexByte(name, '/')+1:], ".")
}

// text is what a condition says, without its place.
func text(condition string) string {
	_, s, _ := strings.Cut(condition, ": ")
	return s
}

// constantConditions lists the conditions and boolean operands whose value is known.
func constantConditions(prog *removal.Program) []string {
	var out []string
	for _, p := range prog.Packages {
		check := func(e ast.Expr) {
			if e == nil {
				return
			}
			if tv := p.Info.Types[e]; tv.Value != nil {
				out = append(out, fmt.Sprintf("%s: %s", prog.Fset.Position(e.Pos()), types.ExprString(e)))
			}
		}
		for _, f := range p.Files {
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.IfStmt:
					check(n.Cond)
				case *ast.ForStmt:
					check(n.Cond)
				case *ast.SwitchStmt:
					check(n.Tag)
				case *ast.BinaryExpr:
					if n.Op == token.LAND || n.Op == token.LOR {
						check(n.X)
						check(n.Y)
					}
				case *ast.UnaryExpr:
					if n.Op == token.NOT {
						check(n.X)
					}
				}
				return true
			})
		}
	}
	return out
}

var about = regexp.MustCompile(`// about (\d+)\.`)

// comments holds that a comment about an effect is there exactly as long as the effect.
func comments(r *Result, before, after map[string]string) {
	all := strings.Join(slices.Collect(maps.Values(after)), "\n")
	for _, text := range before {
		for _, m := range about.FindAllStringSubmatch(text, -1) {
			effect, comment := strings.Contains(all, "rt.E("+m[1]+")"), strings.Contains(all, m[0])
			switch {
			case effect && !comment:
				r.add(Comment, "the comment %q is lost", m[0])
			case !effect && comment:
				r.add(Comment, "the comment %q stays without its statement", m[0])
			}
		}
	}
}
