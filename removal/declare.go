package removal

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"regexp"
	"slices"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/mention"
)

// markDeclarations tells the graph which declarations exist for the flags alone,
// the constants that hold their keys and the variables of their registrations:
// being exported, or doing something at start-up, does not keep these.
func (e *engine) markDeclarations() {
	if e.opts.KeepDeclaration || e.opts.Local {
		return
	}
	mark := func(oid objID) {
		if u := e.graph.unitOf(oid); u != nil && u.file.editable() {
			e.graph.ofFlag[u] = true
		}
	}
	for _, r := range e.refs {
		if c, ok := r.KeyObject.(*types.Const); ok {
			mark(idOf(c))
		}
		if r.Kind != flagref.Declaration {
			continue
		}
		if s, ok := e.topDecl(r.Node).(*ast.ValueSpec); ok && e.isWhole(s, r.Node) {
			for _, id := range s.Names {
				mark(id.Pos())
			}
		}
	}
}

// isWhole reports whether a declaration of a flag is all that a package-level
// specification declares: the specification itself, or its value.
func (e *engine) isWhole(s *ast.ValueSpec, n ast.Node) bool {
	if n == ast.Node(s) {
		return len(s.Names) == 1
	}
	if len(s.Values) != 1 {
		return false
	}
	// X = register(…), X = register(…).Get(), X = &Flag{…}
	v := ast.Unparen(s.Values[0])
	for {
		if v == n {
			return true
		}
		switch x := v.(type) {
		case *ast.UnaryExpr:
			v = ast.Unparen(x.X)
		case *ast.CallExpr:
			sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr)
			if !ok {
				return false
			}
			v = ast.Unparen(sel.X)
		default:
			return false
		}
	}
}

// refusedKeys are the flags of which an evaluation stays.
func (e *engine) refusedKeys() map[string]bool {
	out := map[string]bool{}
	for x := range e.refused {
		for _, r := range e.refs {
			if r.Node == ast.Node(x) {
				out[r.Key] = true
			}
		}
	}
	return out
}

// dropDeclarations decides the syntax that declares the flags, or names them in
// a list: entries of a gate map, registrations, fields of a flag struct. Where
// an evaluation stays, its flag stays declared.
func (e *engine) dropDeclarations() {
	if e.opts.KeepDeclaration || e.opts.Local {
		return
	}
	refused := e.refusedKeys()
	for _, r := range e.refs {
		if refused[r.Key] || !e.x.fileAt(r.Node.Pos()).editable() {
			continue
		}
		switch r.Kind {
		case flagref.Declaration:
			e.dropDeclaration(r)
		case flagref.Mention:
			e.dropMention(r)
		}
	}
}

func (e *engine) dropDeclaration(r *flagref.Reference) {
	switch n := r.Node.(type) {
	case *ast.KeyValueExpr:
		if _, ok := e.x.parent(n).(*ast.CompositeLit); ok {
			e.dec[n] = &decision{op: opDrop}
		}
	case *ast.Field:
		for _, id := range n.Names {
			if len(e.filledBy(id.Pos())) == 0 {
				e.dead[id.Pos()] = true
			}
		}
	case *ast.CallExpr:
		switch p := e.x.parent(n).(type) {
		case *ast.ExprStmt:
			e.dec[p] = &decision{op: opDrop}
		case *ast.AssignStmt:
			if len(p.Rhs) == 1 && allBlank(p.Lhs) {
				e.dec[p] = &decision{op: opDrop}
			}
		case *ast.CompositeLit:
			e.dec[n] = &decision{op: opDrop}
		case *ast.ValueSpec:
			if len(p.Values) == 1 && len(p.Names) == 1 && p.Names[0].Name == "_" {
				e.dec[p] = &decision{op: opDrop}
			}
		}
	case *ast.ValueSpec:
		// A blank variable, for the registration alone: its name has no uses to follow.
		if e.isWhole(n, n) && n.Names[0].Name == "_" {
			e.dec[n] = &decision{op: opDrop}
		}
	case *ast.CompositeLit:
		if _, ok := e.x.parent(n).(*ast.CompositeLit); ok {
			e.dec[n] = &decision{op: opDrop}
		}
	}
}

func allBlank(list []ast.Expr) bool {
	return !slices.ContainsFunc(list, func(x ast.Expr) bool {
		id, ok := x.(*ast.Ident)
		return !ok || id.Name != "_"
	})
}

// dropMention takes a flag out of a list of flags: an element of a slice, or a key
// of a set (a map to struct{}), whose elements are all constants, as registration
// lists are; one of the last arguments of a call that are such a list; an entry of a map from flag objects to what they are set to; or one of a
// map from flags to lists of flags, or to what the package that declares them says of each. What names the key
// otherwise stays, and is told when the rounds are over.
func (e *engine) dropMention(r *flagref.Reference) {
	x, ok := r.Node.(ast.Expr)
	if !ok {
		return
	}
	if call, ok := x.(*ast.CallExpr); ok && len(r.Via) == 0 && e.dropTold(call) {
		return
	}
	var entry ast.Expr = x
	if kv, ok := e.x.parent(x).(*ast.KeyValueExpr); ok && kv.Key == x {
		entry = kv
	}
	if call, ok := e.x.parent(x).(*ast.CallExpr); ok {
		if i := slices.Index(call.Args, x); e.isRegistration(call, i) {
			e.dropArg(call, i)
		}
		return
	}
	lit, ok := e.x.parent(entry).(*ast.CompositeLit)
	if !ok {
		return
	}
	if kv, ok := entry.(*ast.KeyValueExpr); ok && e.setsFlags(lit, x) && len(e.effectsOf(kv.Value)) == 0 {
		e.dec[entry] = &decision{op: opDrop}
		return
	}
	switch t := under(e.x.typeOf(lit)).(type) {
	case *types.Slice:
	case *types.Map:
		if entry != x && len(e.effectsOf(entry)) == 0 && (isRelation(t) || e.describes(r, t, entry.(*ast.KeyValueExpr).Value)) {
			e.dec[entry] = &decision{op: opDrop}
			return
		}
		if st, ok := under(t.Elem()).(*types.Struct); !ok || st.NumFields() > 0 || entry == x {
			return
		}
	default:
		return
	}
	for _, el := range lit.Elts {
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			el = kv.Key
		}
		info := e.x.infoFor(el)
		if info == nil || info.Types[el].Value == nil {
			return
		}
	}
	e.dec[entry] = &decision{op: opDrop}
	if _, inFunc := enclosing[*ast.FuncDecl](e.x, x); inFunc && e.x.fileAt(x.Pos()).test && !e.setsBy(x) {
		// It is no list of registrations: a test may set what it names, in a way that is not known.
		e.tell(Residue{
			Flag: r.Key, Pos: e.x.position(x.Pos()), Reason: "dead-state-test",
			Message: "the flag goes from a list of this test, and nothing tells what the test does with it; look at what it expects",
		})
	}
}

// dropTold drops a call that only tells a flag system something of the flag, as hiding an option of the
// command line does: where nothing takes what it returns, and nothing is handed to it that
// runs. It reports whether it did.
func (e *engine) dropTold(call *ast.CallExpr) bool {
	if len(e.effectsOf(call.Fun)) > 0 || slices.ContainsFunc(call.Args, func(a ast.Expr) bool {
		_, isFunc := under(e.x.typeOf(a)).(*types.Signature)
		return isFunc || len(e.effectsOf(a)) > 0
	}) {
		return false
	}
	switch p := e.x.parent(call).(type) {
	case *ast.ExprStmt:
		e.dec[p] = &decision{op: opDrop}
		return true
	case *ast.AssignStmt:
		if len(p.Rhs) == 1 && allBlank(p.Lhs) {
			e.dec[p] = &decision{op: opDrop}
			return true
		}
	}
	return false
}

// setsBy reports whether a key is what tells a set-up of tests, or a fake, which flag to set.
func (e *engine) setsBy(x ast.Expr) bool {
	return e.tests != nil && e.tests.isKnown(x) || slices.ContainsFunc(e.refs, func(r *flagref.Reference) bool { return r.Kind == flagref.Override && r.KeyNode == ast.Node(x) })
}

// isRegistration reports whether argument i of a call is one of a list of constants
// that a function takes as its last parameter, of a type for flags, and makes a map or a
// list of: the flags that a program has. Anything else may act on what it is told of.
func (e *engine) isRegistration(call *ast.CallExpr, i int) bool {
	sig, ok := under(e.x.typeOf(call.Fun)).(*types.Signature)
	if !ok || !sig.Variadic() || sig.Results().Len() == 0 || call.Ellipsis.IsValid() || i < sig.Params().Len()-1 {
		return false
	}
	elem := sig.Params().At(sig.Params().Len() - 1).Type().(*types.Slice).Elem()
	if _, named := types.Unalias(elem).(*types.Named); !named || isInterface(elem) {
		return false
	}
	switch t := under(sig.Results().At(0).Type()).(type) {
	case *types.Map:
		if !types.Identical(t.Key(), elem) {
			return false
		}
	case *types.Slice:
		if !types.Identical(t.Elem(), elem) {
			return false
		}
	default:
		return false
	}
	return !slices.ContainsFunc(call.Args[sig.Params().Len()-1:], func(a ast.Expr) bool {
		info := e.x.infoFor(a)
		return info == nil || info.Types[a].Value == nil
	})
}

// dropArg takes an argument out of a call.
func (e *engine) dropArg(call *ast.CallExpr, i int) {
	d := e.dec[call]
	if d == nil || d.op != opArgs {
		if d != nil && d.op != opNone {
			return
		}
		d = &decision{op: opArgs, drop: make([]bool, len(call.Args))}
		e.dec[call] = d
	}
	d.drop[i] = true
}

// isRelation reports whether a map says of each key of a type for flags which
// others it has to do with, as the dependencies of gates do: what it says of a flag
// goes with the flag.
func isRelation(m *types.Map) bool {
	list, ok := under(m.Elem()).(*types.Slice)
	if !ok || !types.Identical(list.Elem(), m.Key()) {
		return false
	}
	_, named := types.Unalias(m.Key()).(*types.Named)
	return named
}

// describes reports whether an entry of a map from a type for flags tells of a flag, where
// flags are declared, nothing but constants: its owner, its default, a row of such.
func (e *engine) describes(r *flagref.Reference, m *types.Map, value ast.Expr) bool {
	if _, named := types.Unalias(m.Key()).(*types.Named); !named || isInterface(m.Key()) || !e.declaresKnown(r) {
		return false
	}
	return e.ofConstants(value)
}

// ofConstants reports whether an expression is a constant, or a literal of such.
func (e *engine) ofConstants(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.UnaryExpr:
		lit, ok := x.X.(*ast.CompositeLit)
		return e.constantOf(x) != nil || x.Op == token.AND && ok && e.ofConstants(lit)
	case *ast.CompositeLit:
		return !slices.ContainsFunc(x.Elts, func(el ast.Expr) bool {
			if kv, ok := el.(*ast.KeyValueExpr); ok {
				el = kv.Value
			}
			return !e.ofConstants(el)
		})
	}
	return e.constantOf(x) != nil
}

// setsFlags reports whether a literal is a map from flags to their settings: the
// keys are all asked of flag objects, by the method by which x is.
func (e *engine) setsFlags(lit *ast.CompositeLit, x ast.Expr) bool {
	if _, ok := under(e.x.typeOf(lit)).(*types.Map); !ok {
		return false
	}
	method := func(x ast.Expr) string {
		call, ok := ast.Unparen(x).(*ast.CallExpr)
		if !ok || len(call.Args) > 0 {
			return ""
		}
		if fn := e.x.callee(call); fn != nil && fn.Signature().Recv() != nil {
			return fn.Name()
		}
		return ""
	}
	name := method(x)
	return name != "" && !slices.ContainsFunc(lit.Elts, func(el ast.Expr) bool {
		kv, ok := el.(*ast.KeyValueExpr)
		return !ok || method(kv.Key) != name
	})
}

// tellMentions lists what still names a flag's key.
func (e *engine) tellMentions() {
	refused := e.refusedKeys()
	for _, r := range e.refs {
		if !e.live(r.Node) {
			continue
		}
		pos := e.x.position(r.Node.Pos())
		f := e.x.fileAt(r.Node.Pos())
		if e.opts.KeepDeclaration && (r.Kind == flagref.Declaration || e.declaresKnown(r)) {
			continue
		}
		if !f.editable() {
			why, what := "generated-file", "change "+generatorInput(f)+", and generate the file again"
			if f.vendored {
				why, what = "vendored-code", "the code belongs to another module"
			}
			e.tell(Residue{Flag: r.Key, Pos: pos, Reason: why, Message: "the flag is used in a file that is not edited: " + what})
			continue
		}
		if refused[r.Key] {
			continue // the evaluation itself is told
		}
		switch r.Kind {
		case flagref.Mention:
			e.tell(Residue{Flag: r.Key, Pos: pos, Reason: "mention", Message: "the flag's key is used as data: remove it by hand"})
		case flagref.Override:
			if r.KeyNode != nil && !e.live(r.KeyNode) {
				continue // one of several keys
			}
			if r.Shape.Multi && r.KeyNode == nil {
				e.note(r.Key, r.Node.Pos(), "dynamic-key", "one of several flags is set here, which was among them: see whether it still can be")
				continue
			}
			e.tell(Residue{Flag: r.Key, Pos: pos, Reason: "override", Message: "the flag is still set here: remove the set-up by hand"})
		case flagref.Declaration:
			e.tell(Residue{Flag: r.Key, Pos: pos, Reason: "declaration", Message: "the declaration is still used: remove it by hand"})
			e.tellFilled(r)
		}
	}
	if !e.opts.Local {
		e.tellStartUp()
		e.tellConditions()
		e.tellHeld()
	}
	if e.opts.KeepDeclaration {
		return
	}
	e.tellLiterals()
}

// tellFilled lists what fills the field that is a flag, where that keeps it.
func (e *engine) tellFilled(r *flagref.Reference) {
	f, ok := r.Node.(*ast.Field)
	if !ok {
		return
	}
	for _, n := range f.Names {
		for _, id := range e.filledBy(n.Pos()) {
			e.tell(Residue{
				Flag: r.Key, Pos: e.x.position(id.Pos()), Reason: "declaration",
				Message: "what fills " + n.Name + " may do something else: delete it by hand, with the field",
			})
		}
	}
}

// declaresKnown reports whether a mention lists the flag among those that there are:
// an element, or a key, of what a variable is declared with, in the package that
// declares the flag's key. It is kept with the declaration, and goes with it.
func (e *engine) declaresKnown(r *flagref.Reference) bool {
	x, ok := r.Node.(ast.Expr)
	if !ok || r.Kind != flagref.Mention || r.KeyObject == nil || r.KeyObject.Pkg() == nil {
		return false
	}
	var entry ast.Expr = x
	if kv, ok := e.x.parent(x).(*ast.KeyValueExpr); ok && kv.Key == x {
		entry = kv
	}
	if _, ok := e.x.parent(entry).(*ast.CompositeLit); !ok {
		return false
	}
	if _, ok := e.topDecl(x).(*ast.ValueSpec); !ok {
		return false
	}
	f := e.x.fileAt(x.Pos())
	return !f.test && slices.ContainsFunc(f.views, func(v *Package) bool { return v.Types != nil && v.Types.Path() == r.KeyObject.Pkg().Path() })
}

var inputWords = regexp.MustCompile(`(?i)\b(?:source|from|input)s?:?[ \t]+"?([\w./*-]*\w\.\w+)`)

// generatorInput names what a generated file was made from, as far as the
// comments above its package clause tell.
func generatorInput(f *file) string {
	for _, g := range f.ast.Comments {
		if g.Pos() > f.ast.Package {
			break
		}
		if m := inputWords.FindStringSubmatch(rawText(g)); m != nil {
			return m[1]
		}
	}
	return "the generator's input"
}

// tellLiterals lists string literals that are the key of a flag and were no
// reference of it. In tests they are titles, mostly, and where a type has the flag's
// name they mean that (the kind of a resource, a controller): these are notes, one
// a file. So are those that have the key in them, as arguments of a program do
// (--features=KEY), and texts that people read.
func (e *engine) tellLiterals() {
	known := map[ast.Node]bool{}
	for _, r := range e.refs {
		known[r.Node] = true
		if r.KeyNode != nil {
			known[r.KeyNode] = true
		}
		if s, ok := e.x.decl(idOf(r.KeyObject)).(*ast.ValueSpec); ok {
			known[s] = true // told as a declaration, or kept by what is told
		}
	}
	quoted := map[string]string{}
	typed := map[string]bool{}
	for k := range e.targets {
		if !mention.Distinctive(k) {
			continue
		}
		typed[k] = e.isTypeName(k)
		quoted[`"`+k+`"`], quoted["`"+k+"`"] = k, k
	}
	for _, f := range e.x.files {
		if !f.editable() {
			continue
		}
		noted := map[string]bool{}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if _, ok := n.(*ast.ImportSpec); ok {
				return false
			}
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING || known[lit] {
				return true
			}
			key, ok := quoted[lit.Value]
			if !ok {
				for _, k := range slices.Sorted(maps.Keys(typed)) {
					if !noted[k] && mention.In(lit.Value, k) && e.live(lit) && !e.underKnown(lit, known) {
						noted[k] = true
						e.note(k, lit.Pos(), "mention", "a string has the flag's key in it: see whether it, or another one in this file, speaks of the flag")
					}
				}
				return true
			}
			switch {
			case !e.live(lit) || e.underKnown(lit, known):
			case noted[key]:
			case typed[key]:
				noted[key] = true
				e.note(key, lit.Pos(), "mention", "a string is the flag's key, and the name of a type: see whether it, or another one in this file, means the flag")
			case f.test:
				noted[key] = true
				e.note(key, lit.Pos(), "mention", "a string in a test is the flag's key: see whether it, or another one in this file, means the flag")
			default:
				e.tell(Residue{Flag: key, Pos: e.x.position(lit.Pos()), Reason: "mention", Message: "a string is the flag's key: if it means the flag, remove it by hand"})
			}
			return true
		})
	}
}

// isTypeName reports whether a type of the program, or of a package that it imports,
// has a name.
func (e *engine) isTypeName(name string) bool {
	is := func(p *types.Package) bool {
		_, ok := p.Scope().Lookup(name).(*types.TypeName)
		return ok
	}
	return slices.ContainsFunc(e.x.prog.Packages, func(p *Package) bool {
		return p.Types != nil && (is(p.Types) || slices.ContainsFunc(p.Types.Imports(), is))
	})
}

func (e *engine) underKnown(n ast.Node, known map[ast.Node]bool) bool {
	for ; n != nil; n = e.x.parent(n) {
		if known[n] {
			return true
		}
		if _, ok := n.(ast.Stmt); ok {
			return false
		}
	}
	return false
}
