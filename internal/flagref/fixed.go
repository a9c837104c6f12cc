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
	p.fixed = map[*types.Var]*value{}
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
				p.fixDecoded(call, fn, m)
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
	if !key.isString() {
		return
	}
	e := &eval{Kind: Evaluation, Key: key, Provider: m.Spec.Name, Prefixes: m.Spec.Prefixes, Inline: true, Type: provider.ValueType(v.Type())}
	if d := m.Row.Default; d != nil && d.Index >= 0 && d.Index < len(call.Args) {
		e.Default = p.eval(call.Args[d.Index])
	}
	p.fixed[v.Origin()] = &value{Kind: kFlag, Flag: &flagValue{Eval: e, Exact: true}}
}

// fixDecoded is envconfig.Process("app", &cfg): the fields of cfg's type stand
// for settings.
func (p *state) fixDecoded(call *ast.CallExpr, fn *types.Func, m provider.Match[provider.Decoder]) {
	t := p.info.TypeOf(call)
	if m.Row.Into != nil {
		if m.Row.Into.Index < 0 || m.Row.Into.Index >= len(call.Args) {
			return
		}
		t = p.info.TypeOf(call.Args[m.Row.Into.Index])
	} else if tuple, ok := t.(*types.Tuple); ok && tuple.Len() > 0 {
		t = tuple.At(0).Type()
	}
	if t == nil {
		return
	}
	prefix := ""
	if m.Row.Prefix != nil && m.Row.Prefix.Index >= 0 && m.Row.Prefix.Index < len(call.Args) {
		v := p.eval(call.Args[m.Row.Prefix.Index])
		if !v.isString() {
			return
		}
		prefix = v.Text
	}
	for _, s := range m.Row.Settings(t, prefix) {
		f := s.Field.Origin()
		e := &eval{Kind: Evaluation, Key: stringValue(s.Key), Provider: m.Spec.Name, Prefixes: m.Spec.Prefixes, Inline: true, Type: provider.ValueType(f.Type())}
		if s.HasDefault {
			e.Default = stringValue(s.Default)
		}
		p.fixed[f] = &value{Kind: kFlag, Flag: &flagValue{Eval: e, Exact: true}}
	}
}

// fixContained is Register("shop", flags): the fields of flags' type that hold
// flags have keys.
func (p *state) fixContained(call *ast.CallExpr, m provider.Match[provider.Container]) {
	if m.Row.Arg < 0 || m.Row.Arg >= len(call.Args) {
		return
	}
	t := p.info.TypeOf(call.Args[m.Row.Arg])
	if t == nil {
		return
	}
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
