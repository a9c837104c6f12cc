package flagref

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/flaghygiene/flaglint/internal/provider"
	"golang.org/x/tools/go/ast/inspector"
)

// environment is an environment variable that a call sets, and which may set a
// flag of any provider that says how its flags are named there.
type environment struct {
	cur  inspector.Cursor
	call ast.Expr
	set  *set
	key  *value
}

// setEnv adds the overrides of calls that set environment variables. Which
// variables are flags is known when all references are: t.Setenv("PILOT_X", "1")
// sets what env.Register("PILOT_X", …) declared here or in an imported package.
func (em *emitter) setEnv() {
	if len(em.envs) == 0 {
		return
	}
	names := em.envNames()
	for _, v := range em.envs {
		flag, ok := names[v.key.Text]
		if !ok {
			continue
		}
		s := *v.set
		s.Prefixes, s.Provider = nil, flag.provider
		k := stringValue(flag.key).at(v.key.node, v.key.obj)
		em.addSet(v.cur, v.call, &s, k, s.Value, "")
	}
}

type envFlag struct{ key, provider string }

// envNames gives, by the environment variable that sets it, each flag that this
// package uses, or that an imported one declares.
func (em *emitter) envNames() map[string]envFlag {
	specs := map[string]*provider.Spec{}
	for _, s := range em.set.Specs() {
		specs[s.Name] = s
	}
	out := map[string]envFlag{}
	add := func(name, key string) {
		s := specs[name]
		if s == nil || s.Env.Pattern == "" || key == "" {
			return
		}
		text := strings.NewReplacer("{key}", key, "{KEY}", strings.ToUpper(key)).Replace(s.Env.Pattern)
		if _, ok := out[text]; !ok {
			out[text] = envFlag{key, name}
		}
	}
	for _, r := range em.res.References {
		if r.Kind != Override {
			add(r.Provider, r.Key)
		}
	}
	for _, f := range em.pass.AllObjectFacts() {
		switch fact := f.Fact.(type) {
		case *valueFact:
			if v := fact.Value; v.Kind == kFlag && v.Flag.Eval.Key.isString() {
				add(v.Flag.Eval.Provider, v.Flag.Eval.Key.Text)
			}
		case *constFact:
			if c, ok := f.Object.(*types.Const); ok {
				add(fact.Provider, constValue(c.Val()).Text)
			}
		}
	}
	for _, s := range em.set.Specs() {
		for i := range s.Fields {
			em.envFields(s, s.Fields[i].Type, add)
		}
	}
	return out
}

// envFields adds the flags that the fields of a struct type are.
func (em *emitter) envFields(s *provider.Spec, name string, add func(name, key string)) {
	dot := lastDot(name)
	if dot < 0 {
		return
	}
	for _, path := range sortedKeys(em.types) {
		obj, ok := em.types[path].Scope().Lookup(name[dot+1:]).(*types.TypeName)
		if !ok {
			continue
		}
		st, ok := structOf(obj.Type())
		if !ok {
			continue
		}
		for i := range st.NumFields() {
			if m, key, ok := em.set.FieldOf(obj.Type(), st.Field(i)); ok && m.Spec == s {
				add(s.Name, key)
			}
		}
	}
}
