package flagflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// callSite is a call of a function of this package.
type callSite struct {
	call *ast.CallExpr
	env  env
}

// enter gives the sites of each unexported function the controls that all its
// calls have in common. Calls in test files do not count, unless the function is
// in one itself. A function that is used as a value, or is a method that an
// interface of the package asks for, has callers that are not seen.
func (w *walker) enter() {
	entries := w.entries()
	if len(entries) == 0 {
		return
	}
	for _, s := range w.res.Sites {
		if s.Decl == nil {
			continue
		}
		if fn, ok := w.info.Defs[s.Decl.Name].(*types.Func); ok && len(entries[fn]) > 0 {
			s.Controls = slices.Concat(entries[fn], s.Controls)
		}
	}
}

// entries computes, for each function that is called under control only, the
// controls that hold at its entry: the greatest solution, by taking from what is
// assumed until nothing changes.
func (w *walker) entries() map[*types.Func][]Control {
	open := w.candidates()
	entry := map[*types.Func][]Control{}
	known := map[*types.Func]bool{} // has an entry; one without is not yet limited by any call
	for changed := true; changed; {
		changed = false
		for _, fn := range open {
			var common []Control
			first := true
			for _, site := range w.calls[fn] {
				var caller *types.Func
				if site.env.decl != nil {
					caller, _ = w.info.Defs[site.env.decl.Name].(*types.Func)
				}
				at := site.env.controls
				if caller == fn {
					continue // a recursive call adds no way in
				}
				if slices.Contains(open, caller) {
					if !known[caller] {
						continue // no limit yet
					}
					at = slices.Concat(entry[caller], at)
				}
				if first {
					common, first = called(distinct(at), site.call), false
				} else {
					common = intersect(common, at)
				}
			}
			if first {
				continue
			}
			if !known[fn] || len(common) != len(entry[fn]) {
				entry[fn], known[fn], changed = common, true, true
			}
		}
	}
	return entry
}

// called marks controls as coming through a call; those that came through an
// outer one keep it.
func called(cs []Control, call *ast.CallExpr) []Control {
	out := slices.Clone(cs)
	for i := range out {
		if out[i].Call == nil {
			out[i].Call = call
		}
	}
	return out
}

// distinct drops controls that say what an earlier one says, so that entries
// cannot grow round a cycle of calls.
func distinct(cs []Control) []Control {
	var out []Control
	for _, c := range cs {
		if len(intersect([]Control{c}, out)) == 0 {
			out = append(out, c)
		}
	}
	return out
}

// intersect keeps the controls of a that b has as well: of the same flag, and
// with the same fact or none.
func intersect(a, b []Control) []Control {
	return slices.DeleteFunc(slices.Clone(a), func(c Control) bool {
		return !slices.ContainsFunc(b, func(d Control) bool {
			if c.Key != d.Key || c.Param != d.Param || (c.Fact == nil) != (d.Fact == nil) {
				return false
			}
			return c.Fact == nil || sameFact(*c.Fact, *d.Fact)
		})
	})
}

// candidates lists the functions whose every call is seen, in source order.
func (w *walker) candidates() []*types.Func {
	called := map[*ast.Ident]bool{}
	for fn, sites := range w.calls {
		keep := sites[:0]
		for _, s := range sites {
			called[calleeIdent(s.call)] = true
			if w.inTest(fn.Pos()) || !w.inTest(s.call.Pos()) {
				keep = append(keep, s)
			}
		}
		w.calls[fn] = keep
	}
	escapes := map[*types.Func]bool{}
	for id, obj := range w.info.Uses {
		if fn, ok := obj.(*types.Func); ok && fn.Pkg() == w.pass.Pkg && !called[id] {
			escapes[fn.Origin()] = true
		}
	}
	asked := w.interfaceMethods()
	var out []*types.Func
	for _, file := range w.pass.Files {
		for _, d := range file.Decls {
			fd, ok := d.(*ast.FuncDecl)
			if !ok || fd.Body == nil || fd.Name.IsExported() || fd.Name.Name == "main" || fd.Name.Name == "init" {
				continue
			}
			fn, ok := w.info.Defs[fd.Name].(*types.Func)
			if !ok || escapes[fn] || len(w.calls[fn]) == 0 || fd.Recv != nil && asked[fn.Name()] || linknamed(fd) {
				continue
			}
			out = append(out, fn)
		}
	}
	return out
}

// linknamed reports whether a directive lets other code call the function.
func linknamed(fd *ast.FuncDecl) bool {
	if fd.Doc == nil {
		return false
	}
	return slices.ContainsFunc(fd.Doc.List, func(c *ast.Comment) bool {
		return strings.HasPrefix(c.Text, "//go:linkname") || strings.HasPrefix(c.Text, "//export ")
	})
}

// interfaceMethods are the names of methods that interface types written in this
// package ask for.
func (w *walker) interfaceMethods() map[string]bool {
	names := map[string]bool{}
	for _, tv := range w.info.Types {
		if !tv.IsType() {
			continue
		}
		if i, ok := tv.Type.Underlying().(*types.Interface); ok {
			for m := range i.Methods() {
				names[m.Name()] = true
			}
		}
	}
	return names
}

func (w *walker) inTest(pos token.Pos) bool {
	return strings.HasSuffix(w.pass.Fset.Position(pos).Filename, "_test.go")
}

func calleeIdent(call *ast.CallExpr) *ast.Ident {
	fun := ast.Unparen(call.Fun)
	switch f := fun.(type) {
	case *ast.IndexExpr:
		fun = f.X
	case *ast.IndexListExpr:
		fun = f.X
	}
	switch f := fun.(type) {
	case *ast.Ident:
		return f
	case *ast.SelectorExpr:
		return f.Sel
	}
	return nil
}
