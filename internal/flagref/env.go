package flagref

import (
	"cmp"
	"go/ast"
	"go/types"
	"maps"
	"slices"
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
	own := em.ownEnvs()
	em.res.Extra.envs = own
	if len(em.envs) == 0 {
		return
	}
	names := em.envNames(own)
	for _, v := range em.envs {
		flag, ok := names[v.key.Text]
		if !ok {
			em.res.Extra.asks = append(em.res.Extra.asks, v.key.Text)
			em.asked.name(askedEnv, v.key.Text)
			if em.cfg.Extra != nil {
				flag, ok = em.cfg.Extra.envs[v.key.Text]
			}
		}
		if !ok {
			if em.admits(v.set.Prefixes, v.key.Text) {
				em.addSet(v.cur, v.call, v.set, v.key, v.set.Value, "")
			}
			continue
		}
		s := *v.set
		s.Prefixes, s.Provider = nil, flag.provider
		k := stringValue(flag.key).at(v.key.node, v.key.obj)
		em.addSet(v.cur, v.call, &s, k, s.Value, "")
	}
}

type envFlag struct{ key, provider string }

func (f envFlag) compare(o envFlag) int {
	return cmp.Or(cmp.Compare(f.key, o.key), cmp.Compare(f.provider, o.provider))
}

// envAdder returns a function that adds a flag by the name that its provider gives
// it in the environment; the first flag of a name counts.
func (em *emitter) envAdder(out map[string]envFlag) func(name, key string) {
	specs := map[string]*provider.Spec{}
	for _, s := range em.set.Specs() {
		specs[s.Name] = s
	}
	return func(name, key string) {
		s := specs[name]
		if s == nil || s.Env.Pattern == "" || key == "" {
			return
		}
		text := strings.NewReplacer("{key}", key, "{KEY}", variableName(key)).Replace(s.Env.Pattern)
		if _, ok := out[text]; !ok {
			out[text] = envFlag{key, name}
		}
	}
}

// variableName is a key as variables of the environment are spelt: in upper case, with
// underscores for what these cannot have.
func variableName(key string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' {
			return r
		}
		return '_'
	}, strings.ToUpper(key))
}

// ownEnvs gives, by the environment variable that sets it, each flag that this
// package uses, and the flag objects that it declares.
func (em *emitter) ownEnvs() map[string]envFlag {
	out := map[string]envFlag{}
	add := em.envAdder(out)
	for _, r := range em.res.References {
		if r.Kind != Override {
			add(r.Provider, r.Key)
		}
	}
	em.envObjects(em.ownObjects(), out)
	return out
}

// envNames adds those that an imported package declares.
func (em *emitter) envNames(own map[string]envFlag) map[string]envFlag {
	out := maps.Clone(own)
	add := em.envAdder(out)
	for _, path := range importedBy(em.pass.Pkg) {
		em.asked.name(askedKeys, path) // by the facts of constants
	}
	var objects []*value
	var flags []envFlag
	for _, f := range em.pass.AllObjectFacts() {
		switch fact := f.Fact.(type) {
		case *valueFact:
			if v := fact.Value; v.Kind == kFlag {
				for _, k := range em.admitted(v.Flag.Eval) {
					flags = append(flags, envFlag{k.Text, v.Flag.Eval.Provider})
				}
			} else if v.Kind == kStruct {
				objects = append(objects, v)
			}
		case *constFact:
			if c, ok := f.Object.(*types.Const); ok {
				flags = append(flags, envFlag{constValue(c.Val()).Text, fact.Provider})
			}
		}
	}
	// Drivers have facts in orders of their own.
	slices.SortFunc(flags, envFlag.compare)
	for _, f := range flags {
		add(f.provider, f.key)
	}
	em.envObjects(objects, out)
	for _, s := range em.set.Specs() {
		for i := range s.Fields {
			em.envFields(s, s.Fields[i].Type, add)
		}
	}
	return out
}

// importedBy are the paths of the packages that one imports, directly or not.
func importedBy(pkg *types.Package) []string {
	var out []string
	seen := map[*types.Package]bool{}
	var visit func(p *types.Package)
	visit = func(p *types.Package) {
		for _, im := range p.Imports() {
			if !seen[im] {
				seen[im] = true
				out = append(out, im.Path())
				visit(im)
			}
		}
	}
	visit(pkg)
	return out
}

// envObjects adds the flag objects that carry, beside their key, the name of an
// environment variable: some method of theirs asks an SDK by the one, and the
// environment by the other.
func (em *emitter) envObjects(objects []*value, out map[string]envFlag) {
	if len(objects) == 0 {
		return
	}
	type carrier struct{ key, env, provider string }
	carriers := map[string][]carrier{} // by type
	learn := func(fn *types.Func, s *summary) {
		name := typeName(recvType(fn))
		if name == "" || !s.asksSDK() {
			return
		}
		for _, sdk := range s.Evals {
			for _, e := range s.Evals {
				if sdk.Kind == Evaluation && len(sdk.Prefixes) == 0 && len(e.Prefixes) > 0 && sdk.Key.ownField() != "" && e.Key.ownField() != "" {
					carriers[name] = append(carriers[name], carrier{sdk.Key.ownField(), e.Key.ownField(), sdk.Provider})
				}
			}
		}
	}
	for fn, s := range em.sums {
		learn(fn, s)
	}
	for _, f := range em.pass.AllObjectFacts() {
		if fn, ok := f.Object.(*types.Func); ok {
			if fact, ok := f.Fact.(*funcFact); ok {
				learn(fn, fact.Sum)
			}
		}
	}
	found := map[string]envFlag{}
	for _, v := range objects {
		for _, c := range carriers[v.Text] {
			if key, env := em.field(v, c.key), em.field(v, c.env); key.isString() && env.isString() {
				flag := envFlag{key.Text, c.provider}
				if other, ok := found[env.Text]; !ok || flag.compare(other) < 0 {
					found[env.Text] = flag
				}
			}
		}
	}
	maps.Copy(out, found)
}

// ownObjects are the structs that package variables hold.
func (em *emitter) ownObjects() []*value {
	var out []*value
	scope := em.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		if v, ok := scope.Lookup(name).(*types.Var); ok {
			if got := em.evalVar(v); got.Kind == kStruct {
				out = append(out, got)
			}
		}
	}
	return out
}

// ownField is the field of the receiver that v is; empty if v is none.
func (v *value) ownField() string {
	if v.Kind == kField && v.Elems[0].Kind == kParam && v.Elems[0].Text == "" && v.Elems[0].Index < 0 {
		return v.Text
	}
	return ""
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
