package flagref

import (
	"go/ast"
	"go/types"
	"path/filepath"
	"strconv"

	"github.com/flaghygiene/flaglint/internal/provider"
	"golang.org/x/tools/go/analysis"
)

// state is the analysis of one package: what its functions do with flags, found
// by repeated rounds over all bodies until nothing changes.
type state struct {
	pass *analysis.Pass
	cfg  Config
	set  *provider.Set
	info *types.Info
	idx  *index

	// sums are the summaries of the package's functions, of the round before.
	sums map[*types.Func]*summary
	// of a round: whether it is the first, the functions begun (true: done),
	// whether one was asked for in between, whether a summary changed.
	first, again, changed bool
	begun                 map[*types.Func]bool
	// memos of one round
	values  map[ast.Expr]*value
	calls   map[*ast.CallExpr]*application
	vars    map[staged]*value
	fields  map[*types.Var]*value
	lits    map[*ast.FuncLit]*summary
	builtin map[*types.Func]*summary

	// fixed are the variables and fields that stand for a flag because a call says so.
	fixed map[*types.Var]*value
	// decoded are variables whose struct a decoder fills.
	decoded map[*types.Var]*value
	// nested counts the function values being applied within each other.
	nested int
	// literals counts the composite literals being evaluated within each other.
	literals int

	types map[string]*types.Package // packages that this one imports, by path
	impls *implementations
	facts factCache
	asked asked
	look  *looking
}

func newState(pass *analysis.Pass, cfg Config) *state {
	p := &state{
		pass:    pass,
		cfg:     cfg,
		set:     cfg.Specs,
		info:    pass.TypesInfo,
		idx:     newIndex(pass),
		sums:    map[*types.Func]*summary{},
		builtin: map[*types.Func]*summary{},
		values:  map[ast.Expr]*value{},
		calls:   map[*ast.CallExpr]*application{},
		vars:    map[staged]*value{},
		fields:  map[*types.Var]*value{},
		lits:    map[*ast.FuncLit]*summary{},
		types:   map[string]*types.Package{},
		asked:   asked{known: map[string]bool{}, extra: map[uint64]bool{}},
		look:    newLooking(cfg.Carries),
	}
	p.importsOf(pass.Pkg)
	p.reset()
	p.findFixed()
	p.impls = newImplementations(p)
	p.reset()
	return p
}

func (p *state) importsOf(pkg *types.Package) {
	if p.types[pkg.Path()] != nil {
		return
	}
	p.types[pkg.Path()] = pkg
	for _, dep := range pkg.Imports() {
		p.importsOf(dep)
	}
}

// reset forgets what the round before found, but for the summaries.
func (p *state) reset() {
	clear(p.values)
	clear(p.calls)
	clear(p.vars)
	clear(p.fields)
	clear(p.lits)
}

// maxRounds bounds the fixpoint. Callees are summarised before their callers, so
// that more than two rounds are only needed by recursion through several functions.
const maxRounds = 16

// solve finds the summaries of all functions of the package.
func (p *state) solve() {
	for round := range maxRounds {
		p.reset()
		p.first = round == 0
		p.begun, p.again, p.changed = map[*types.Func]bool{}, false, false
		for _, file := range p.pass.Files {
			for _, d := range file.Decls {
				if decl, ok := d.(*ast.FuncDecl); ok {
					if fn, ok := p.info.Defs[decl.Name].(*types.Func); ok {
						p.ensure(fn)
					}
				}
			}
		}
		// What recursion saw of a function in the works must be seen again.
		if grown := p.impls.update(); !grown && !(p.again && p.changed) {
			break
		}
	}
	p.first = false
	p.reset()
}

// ensure summarises a function of this package, once in a round.
func (p *state) ensure(fn *types.Func) {
	decl := p.idx.decls[fn]
	if p.begun == nil || decl == nil || decl.Body == nil {
		return
	}
	if done, ok := p.begun[fn]; ok {
		p.again = p.again || !done
		return
	}
	p.begun[fn] = false
	s := p.summarize("", decl.Type, decl.Body)
	p.begun[fn] = true
	if s.empty() && !(p.first && s.pending()) {
		s = nil
	}
	if s.String() != p.sums[fn].String() {
		p.changed = true
	}
	if s == nil {
		delete(p.sums, fn)
	} else {
		p.sums[fn] = s
	}
}

// inWorks reports whether a function is being summarised for the first time, so
// that a call of it is recursive.
func (p *state) inWorks(fn *types.Func) bool {
	done, begun := p.begun[fn]
	return p.first && begun && !done
}

// summaryOf returns what is known of a function: by a provider, in this package,
// or by a fact. Nil: nothing.
func (p *state) summaryOf(fn *types.Func) *summary {
	fn = fn.Origin()
	if s, ok := p.builtin[fn]; ok && s != nil {
		return s
	} else if !ok {
		s := p.builtinSummary(fn)
		p.builtin[fn] = s
		if s != nil {
			return s
		}
	}
	if fn.Pkg() == p.pass.Pkg {
		p.ensure(fn)
		if s := p.sums[fn]; s != nil {
			return s
		}
	} else if s := p.facts.summary(p, fn); s != nil {
		return s
	}
	if p.impls != nil && types.IsInterface(recvType(fn)) {
		return p.impls.summary(fn)
	}
	return nil
}

// isNamed reports whether fn is the package-level function of that name.
func isNamed(fn *types.Func, path, name string) bool {
	return fn.Name() == name && fn.Pkg() != nil && fn.Pkg().Path() == path && fn.Signature().Recv() == nil
}

// typeOf is the type of an expression; the invalid type where it has none, as in
// a package with errors.
func (p *state) typeOf(e ast.Expr) types.Type {
	if t := p.info.TypeOf(e); t != nil {
		return t
	}
	return types.Typ[types.Invalid]
}

func recvType(fn *types.Func) types.Type {
	if recv := fn.Signature().Recv(); recv != nil {
		return recv.Type()
	}
	return types.Typ[types.Invalid]
}

// typeName names a struct type, or what a pointer points to: path.Name. It is
// empty for what has no name in a package's scope.
func typeName(t types.Type) string {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || named.Obj().Parent() != named.Obj().Pkg().Scope() {
		return ""
	}
	return named.Obj().Pkg().Path() + "." + named.Obj().Name()
}

// methodOf finds the method of a type by their names, and the fields it is
// promoted through.
func (p *state) methodOf(typ, method string) (fn *types.Func, path []string) {
	dot := lastDot(typ)
	if dot < 0 {
		return nil, nil
	}
	pkg := p.types[typ[:dot]]
	if pkg == nil {
		return nil, nil
	}
	obj, ok := pkg.Scope().Lookup(typ[dot+1:]).(*types.TypeName)
	if !ok {
		return nil, nil
	}
	found, index, _ := types.LookupFieldOrMethod(types.NewPointer(obj.Type()), true, pkg, method)
	fn, ok = found.(*types.Func)
	if !ok {
		return nil, nil
	}
	return fn, fieldPath(obj.Type(), index[:len(index)-1])
}

// fieldPath names the fields that index leads through, from t.
func fieldPath(t types.Type, index []int) []string {
	var path []string
	for _, i := range index {
		st, ok := structOf(t)
		if !ok || i >= st.NumFields() {
			return nil
		}
		path = append(path, st.Field(i).Name())
		t = st.Field(i).Type()
	}
	return path
}

func lastDot(s string) int {
	for i := len(s) - 1; i >= 0 && s[i] != '/'; i-- {
		if s[i] == '.' {
			return i
		}
	}
	return -1
}

func baseName(file string) string { return filepath.Base(file) }

func itoa(i int) string { return strconv.Itoa(i) }
