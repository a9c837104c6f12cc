package flagref

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/registry"
	"golang.org/x/tools/go/ast/inspector"
)

// registers reports whether the declarations of an object make up a registry in
// code: they tell more of a flag than its key.
func registers(o *provider.Object) bool {
	return o.Stage != nil || o.MapKey || len(o.Meta) > 0 || len(o.Options) > 0
}

// literal adds the declarations that a composite literal makes: the entries of a
// map from key to a flag's specification, or a flag object.
func (em *emitter) literal(cur inspector.Cursor, lit *ast.CompositeLit) {
	t := em.typeOf(lit)
	if m, ok := t.Underlying().(*types.Map); ok {
		if match, ok := em.mapKeyed(m.Elem()); ok {
			for _, elt := range lit.Elts {
				if kv, ok := elt.(*ast.KeyValueExpr); ok {
					em.entry(cur, match, kv, kv.Key, kv.Value)
				}
			}
		}
		return
	}
	match, ok := em.set.ObjectType(t)
	if !ok || match.Row.MapKey || match.Row.Contained {
		return
	}
	keys, _ := em.keysOf(em.field(em.eval(lit), keyField))
	for _, k := range keys {
		if em.admits(match.Spec.PrefixesOf(match.Row.Named && !ofBool(t)), k.Text) {
			em.declaration(cur, match, em.declared(cur), k, em.eval(lit))
		}
	}
}

// ofBool reports whether a type is an instance for bool of a generic one.
func ofBool(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.TypeArgs().Len() > 0 && provider.ValueType(n.TypeArgs().At(0)) == registry.TypeBool
}

// mapKeyed tells whether the values of a map are specifications of the flags
// that its keys name, or slices of them.
func (em *emitter) mapKeyed(elem types.Type) (provider.Match[provider.Object], bool) {
	match, ok := em.set.ObjectType(elem)
	if !ok {
		if s, isSlice := elem.Underlying().(*types.Slice); isSlice {
			match, ok = em.set.ObjectType(s.Elem())
		}
	}
	return match, ok && match.Row.MapKey
}

// assigned adds the declaration that m[key] = spec makes.
func (em *emitter) assigned(cur inspector.Cursor, n *ast.AssignStmt) {
	for i, lhs := range n.Lhs {
		x, ok := ast.Unparen(lhs).(*ast.IndexExpr)
		if !ok || len(n.Lhs) != len(n.Rhs) {
			continue
		}
		t := em.typeOf(x.X)
		if m, ok := t.Underlying().(*types.Map); ok {
			if match, ok := em.mapKeyed(m.Elem()); ok {
				em.entry(cur, match, n, x.Index, n.Rhs[i])
			}
		}
	}
}

// entry adds the declaration of one flag by its key and specification.
func (em *emitter) entry(cur inspector.Cursor, match provider.Match[provider.Object], node ast.Node, key, spec ast.Expr) {
	keys, _ := em.keysOf(em.eval(key))
	for _, k := range keys {
		if em.admits(match.Spec.Prefixes, k.Text) {
			em.declaration(cur, match, node, k, em.eval(spec))
		}
	}
}

// declaration adds a declaration and, where it tells of the flag, what it tells.
func (em *emitter) declaration(cur inspector.Cursor, match provider.Match[provider.Object], node ast.Node, k, spec *value) {
	ref := &Reference{Kind: Declaration, Key: k.Text, Node: node, Provider: match.Spec.Name, Shape: noShape()}
	if k.node != nil {
		ref.KeyNode, ref.KeyObject = ast.Unparen(k.node), k.obj
	}
	em.place(cur, ref)
	em.res.References = append(em.res.References, ref)
	if registers(match.Row) && !ref.Test {
		now := em.present(match.Row, spec)
		em.codeFlag(match, ref, func(a provider.Arg) *value { return em.part(now, a) }, em.typePackage(now), nil)
	}
}

// registration adds what a registering call tells of the flag it declares.
func (em *emitter) registration(call *ast.CallExpr, fn *types.Func, ref *Reference) {
	match, ok := em.set.Declare(fn)
	if !ok || !registers(match.Row) || ref.Test || ref.Key == "" {
		return
	}
	bind := em.bindArgs(call, call.Args, fn.Signature())
	part := func(a provider.Arg) *value {
		return em.subst(em.arg(a), binding{"", bind})
	}
	em.codeFlag(match, ref, part, nil, call)
}

// typePackage is the package of a struct's type, nil if that is not known.
func (p *state) typePackage(v *value) *types.Package {
	if dot := lastDot(v.Text); v.Kind == kStruct && dot >= 0 {
		return p.types[v.Text[:dot]]
	}
	return nil
}

// present is the specification that holds now: of a list, that of the highest
// version, or the last.
func (em *emitter) present(row *provider.Object, spec *value) *value {
	if spec.Kind != kList || len(spec.Elems) == 0 {
		return spec
	}
	best := spec.Elems[len(spec.Elems)-1]
	if row.Version == nil {
		return best
	}
	var highest []int
	for _, e := range spec.Elems {
		if v := em.version(em.part(e, *row.Version)); v != nil && (highest == nil || slices.Compare(v, highest) > 0) {
			best, highest = e, v
		}
	}
	return best
}

// version reads the numbers of a version: of a constant, or of the constant that
// a call parses.
func (em *emitter) version(v *value) []int {
	text := ""
	if v.isString() {
		text = v.Text
	} else if call, ok := v.node.(*ast.CallExpr); ok && len(call.Args) > 0 {
		if a := em.eval(call.Args[0]); a.isString() {
			text = a.Text
		}
		for _, a := range call.Args[:len(call.Args)-1] {
			if n := em.eval(a); n.Kind == kConst && !n.isString() {
				text += n.Text + "."
			}
		}
		if n := em.eval(call.Args[len(call.Args)-1]); text != "" && n.Kind == kConst && !n.isString() {
			text += n.Text
		}
	}
	var out []int
	for part := range strings.SplitSeq(strings.TrimPrefix(text, "v"), ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return nil
		}
		out = append(out, n)
	}
	return out
}

// codeFlag turns a declaration into a flag of the registry model.
func (em *emitter) codeFlag(match provider.Match[provider.Object], ref *Reference, part func(provider.Arg) *value, home *types.Package, call *ast.CallExpr) {
	row := match.Row
	pos := em.pass.Fset.Position(ref.Node.Pos())
	flag := &registry.Flag{
		Key:    ref.Key,
		Type:   registry.TypeBool,
		State:  registry.StateActive,
		Format: "go",
		Source: registry.Position{File: pos.Filename, Line: pos.Line, Column: pos.Column},
		Fields: map[string]registry.Position{},
	}
	if row.Default != nil {
		def := part(*row.Default)
		flag.Default = registryValue(def)
		if def.node != nil {
			// The default may be computed: its type is the flag's all the same.
			if t := provider.ValueType(em.typeOf(def.node)); t != registry.TypeUnknown {
				flag.Type = t
			}
		}
		if flag.Default == nil && row.MapKey {
			no := registry.Bool(false) // the zero value of a field left out
			flag.Default = &no
		}
	}
	if flag.Default != nil {
		flag.Type = flag.Default.Type()
	}
	if row.Stage != nil {
		em.stage(match, flag, part(*row.Stage), home)
	}
	if row.Lock != nil && part(*row.Lock).isBool(true) {
		flag.State, flag.Value, flag.Locked = registry.StateRetired, flag.Default, true
	}
	if flag.State == registry.StateRolledOut && flag.Value == nil {
		flag.Value = flag.Default
	}
	for _, name := range sortedKeys(row.Meta) {
		if v := part(row.Meta[name]); v.isString() {
			setMeta(flag, name, v.Text)
		}
	}
	if call != nil {
		em.options(flag, call)
	}
	em.res.CodeFlags = append(em.res.CodeFlags, CodeFlag{Flag: flag, Node: ref.Node, Obj: ref.KeyObject})
}

// stage reads what a stage says. The constants of stages are looked up in the
// package of their type, or in home, that of the specification's type.
func (em *emitter) stage(match provider.Match[provider.Object], flag *registry.Flag, v *value, home *types.Package) {
	c := v.constant()
	if c == nil && v.node == nil {
		c = constant.MakeString("") // the zero value of a field left out
	}
	if v.node != nil {
		if named, ok := types.Unalias(em.typeOf(v.node)).(*types.Named); ok && named.Obj().Pkg() != nil {
			home = named.Obj().Pkg()
		}
	}
	s, ok := match.Row.StageOf(home, c)
	if !ok {
		return
	}
	flag.State, flag.Locked = s.State, s.Locked
	if s.Value != nil {
		x := registry.Bool(*s.Value)
		flag.Value = &x
	}
	if s.Default != nil {
		x := registry.Bool(*s.Default)
		flag.Default = &x
	}
}

// options reads the options of a registration.
func (em *emitter) options(flag *registry.Flag, call *ast.CallExpr) {
	for _, a := range call.Args {
		opt, ok := ast.Unparen(a).(*ast.CallExpr)
		if !ok || len(opt.Args) == 0 {
			continue
		}
		fn, ok := em.object(opt.Fun).(*types.Func)
		if !ok {
			continue
		}
		if name, ok := em.set.MetaOption(fn); ok {
			if v := em.eval(opt.Args[0]); v.isString() {
				setMeta(flag, name, v.Text)
			}
		}
	}
}

// setMeta sets a field of a flag by its name in flags.yaml.
func setMeta(flag *registry.Flag, name, text string) {
	switch name {
	case "description":
		flag.Description = text
	case "owner":
		flag.Owner = text
	case "issue":
		flag.Issue = text
	case "kind":
		flag.Kind = registry.Kind(text)
	case "created":
		if d, err := registry.ParseDate(text); err == nil {
			flag.Created = d
		}
	case "expires":
		if d, err := registry.ParseDate(text); err == nil {
			flag.Expires.Date = d
		} else {
			flag.Expires.Version = text
		}
	}
}

// registryValue turns a constant into a value of the registry model; nil if v is
// none.
func registryValue(v *value) *registry.Value {
	c := v.constant()
	if c == nil {
		return nil
	}
	var out registry.Value
	switch c.Kind() {
	case constant.Bool:
		out = registry.Bool(constant.BoolVal(c))
	case constant.String:
		out = registry.String(constant.StringVal(c))
	case constant.Int:
		n, exact := constant.Int64Val(c)
		if !exact {
			return nil
		}
		out = registry.Int(n)
	case constant.Float:
		f, _ := constant.Float64Val(c)
		out = registry.Float(f)
	default:
		return nil
	}
	return &out
}
