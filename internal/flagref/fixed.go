package flagref

import (
	"go/ast"
	"go/types"
	"reflect"
	"strings"

	"github.com/flaghygiene/flaglint/internal/provider"
)

// findFixed finds the variables and fields that stand for a flag because a call
// says so, wherever it is: flag.BoolVar(&x, …), a decoder that fills a struct
// from settings, a container that is registered.
func (p *state) findFixed() {
	p.fixed, p.decoded = map[*types.Var]*value{}, map[*types.Var]*value{}
	for _, file := range p.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			fn := p.calledFunc(call)
			if fn == nil {
				return true
			}
			if m, ok := p.set.Declare(fn); ok && m.Row.Into != nil {
				p.fixInto(call, m)
			}
			if m, ok := p.set.Decoder(fn); ok {
				p.fixDecoded(call, m)
			}
			if m, ok := p.set.Container(fn); ok {
				p.fixContained(call, m)
			}
			return true
		})
	}
}

// calledFunc is the function or method that a call names.
func (p *state) calledFunc(call *ast.CallExpr) *types.Func {
	fun := ast.Unparen(call.Fun)
	switch x := fun.(type) {
	case *ast.IndexExpr:
		fun = x.X
	case *ast.IndexListExpr:
		fun = x.X
	}
	fn, _ := p.object(fun).(*types.Func)
	return fn
}

// fixInto is flag.BoolVar(&x, "key", …): x stands for the flag.
func (p *state) fixInto(call *ast.CallExpr, m provider.Match[provider.Object]) {
	if m.Row.Into.Index < 0 || m.Row.Into.Index >= len(call.Args) || m.Row.Key.Index >= len(call.Args) || m.Row.Key.Index < 0 {
		return
	}
	addr, ok := ast.Unparen(call.Args[m.Row.Into.Index]).(*ast.UnaryExpr)
	if !ok {
		return
	}
	_, v := p.named(addr.X)
	if v == nil || v.Pkg() != p.pass.Pkg {
		return
	}
	key := p.eval(call.Args[m.Row.Key.Index])
	if p.look.lose(key); !key.isString() {
		return
	}
	e := &eval{Kind: Evaluation, Key: key, Provider: m.Spec.Name, Prefixes: m.Spec.PrefixesOf(m.Row.Named), Inline: true,
		Type: provider.ValueType(v.Type())}
	if d := m.Row.Default; d != nil && d.Index >= 0 && d.Index < len(call.Args) {
		e.Default = p.eval(call.Args[d.Index])
	}
	p.fixed[v.Origin()] = &value{Kind: kFlag, Flag: &flagValue{Eval: e, Exact: true}}
}

// fixDecoded is envconfig.Process("app", &cfg): the fields of cfg's type stand
// for settings, and those of cfg for those with this call's prefix.
func (p *state) fixDecoded(call *ast.CallExpr, m provider.Match[provider.Decoder]) {
	t, target, prefix, ok := p.decoding(call, m)
	if !ok {
		return
	}
	for _, s := range m.Row.Settings(t, prefix) {
		f, v := s.Field.Origin(), setting(m, s)
		if old := p.fixed[f]; old != nil && old.Kind == kFlag {
			e := *old.Flag.Eval
			e.Key = oneOf([]*value{e.Key, v.Flag.Eval.Key})
			v = &value{Kind: kFlag, Flag: &flagValue{Eval: &e, Exact: same(old.Flag.Eval.Key, v.Flag.Eval.Key)}}
		}
		p.fixed[f] = v
	}
	if target != nil {
		if p.decoded[target] != nil {
			delete(p.decoded, target) // twice: the fields tell what is known
			return
		}
		p.decoded[target] = decodedStruct(m, t, m.Row.Settings(t, prefix))
	}
}

// decodedBy is what a decoder returns; nil if that is not known.
func (p *state) decodedBy(call *ast.CallExpr, m provider.Match[provider.Decoder]) *value {
	t, _, prefix, ok := p.decoding(call, m)
	if !ok {
		return nil
	}
	return decodedStruct(m, t, m.Row.Settings(t, prefix))
}

// decoding tells which struct a decoder fills, in which variable, and with which
// prefix of names.
func (p *state) decoding(call *ast.CallExpr, m provider.Match[provider.Decoder]) (t types.Type, target *types.Var, prefix string, ok bool) {
	if m.Row.Into == nil {
		t = p.typeOf(call)
		if tuple, ok := t.(*types.Tuple); ok {
			if tuple.Len() == 0 {
				return nil, nil, "", false
			}
			t = tuple.At(0).Type()
		}
	} else {
		into := p.partOf(call, *m.Row.Into)
		if into == nil {
			return nil, nil, "", false
		}
		t = p.typeOf(into)
		if addr, ok := ast.Unparen(into).(*ast.UnaryExpr); ok {
			into = addr.X
		}
		if _, v := p.named(into); v != nil && !v.IsField() {
			target = v
		}
	}
	v := stringValue("")
	if m.Row.Prefix != nil {
		if given := p.partOf(call, *m.Row.Prefix); given != nil { // or the option is left out
			v = p.eval(given)
		}
	}
	if scope := p.calledOn(call); scopeOf(scope) != nil {
		v = below(scope, v)
		if v.isString() {
			v = stringValue(strings.TrimSuffix(v.Text, m.Row.Join))
		}
	}
	if p.look.lose(v); !v.isString() {
		return nil, nil, "", false
	}
	return t, target, v.Text, t != nil
}

// partOf is the expression of a part of a call: an argument, or a field of the
// literal that it is; nil if it is not written there.
func (p *state) partOf(call *ast.CallExpr, a provider.Arg) ast.Expr {
	if a.Index < 0 || a.Index >= len(call.Args) {
		return nil
	}
	e := ast.Unparen(call.Args[a.Index])
	if a.Field == "" {
		return e
	}
	if addr, ok := e.(*ast.UnaryExpr); ok {
		e = addr.X
	}
	lit, ok := e.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok && id.Name == a.Field {
				return kv.Value
			}
		}
	}
	return nil
}

// setting is the flag that a decoded field holds; by which of two names is seen where a
// reference is made, since it takes the registry.
func setting(m provider.Match[provider.Decoder], s provider.Setting) *value {
	e := &eval{Kind: Evaluation, Key: stringValue(s.Key), Provider: m.Spec.Name, Prefixes: m.Spec.Prefixes, Inline: true,
		Type: provider.ValueType(s.Field.Type())}
	if s.Alias != "" {
		e.Key = oneOf([]*value{e.Key, stringValue(s.Alias)})
	}
	if s.HasDefault {
		e.Default, e.Tagged = tagged(s.Field.Type(), s.Default), true
	}
	return &value{Kind: kFlag, Flag: &flagValue{Eval: e, Exact: true}}
}

// decodedStruct is a struct whose fields hold settings, which are given in the
// order of the fields, nested ones in their place.
func decodedStruct(m provider.Match[provider.Decoder], t types.Type, settings []provider.Setting) *value {
	var build func(t types.Type, depth int) *value
	build = func(t types.Type, depth int) *value {
		out := &value{Kind: kStruct, Text: typeName(t)}
		st, ok := structOf(t)
		if !ok || depth > maxDepth/2 {
			return out
		}
		for i := range st.NumFields() {
			f := st.Field(i)
			if len(settings) > 0 && settings[0].Field == f {
				out.Names, out.Elems = append(out.Names, f.Name()), append(out.Elems, setting(m, settings[0]))
				settings = settings[1:]
			} else if _, nested := structOf(f.Type()); nested && len(settings) > 0 {
				out.Names, out.Elems = append(out.Names, f.Name()), append(out.Elems, build(f.Type(), depth+1))
			}
		}
		return out
	}
	return build(t, 0)
}

// fixContained is Register("shop", flags): the fields of flags' type that hold
// flags have keys.
func (p *state) fixContained(call *ast.CallExpr, m provider.Match[provider.Container]) {
	if m.Row.Arg < 0 || m.Row.Arg >= len(call.Args) {
		return
	}
	t := p.typeOf(call.Args[m.Row.Arg])
	st, ok := structOf(t)
	if !ok {
		return
	}
	namespace := stringValue("")
	if m.Row.Namespace != nil && m.Row.Namespace.Index >= 0 && m.Row.Namespace.Index < len(call.Args) {
		namespace = p.eval(call.Args[m.Row.Namespace.Index])
	}
	for i := range st.NumFields() {
		f := st.Field(i)
		if _, holds := p.set.Holds(f.Type()); !holds || !f.Exported() {
			continue
		}
		name := f.Name()
		if tag := reflect.StructTag(st.Tag(i)).Get(m.Row.Tag); m.Row.Tag != "" && tag != "" {
			name = tag
		}
		key := stringValue(name)
		switch {
		case !namespace.isString():
			key = dynamic("the namespace is not known at build time")
		case namespace.Text != "":
			key = stringValue(strings.TrimSuffix(namespace.Text, ".") + "." + name)
		}
		f = f.Origin()
		if old := p.fixed[f]; old != nil && old.Kind == kStruct {
			key = oneOf([]*value{old.Elems[0], key}) // registered with another namespace, too
		}
		p.fixed[f] = &value{Kind: kStruct, Text: m.Spec.Name, Names: []string{keyField}, Elems: []*value{key}}
	}
}
