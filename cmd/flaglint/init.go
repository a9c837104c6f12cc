package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/spf13/cobra"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/config"
	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/report"
	"github.com/flaghygiene/flaglint/internal/settings"
	"github.com/flaghygiene/flaglint/registry"
)

func newInit(w world) *cobra.Command {
	var o options
	var force bool
	c := &cobra.Command{
		Use:   "init [packages]",
		Short: "write a first .flaglint.yaml and flags.yaml from what the code uses and git knows",
		Args:  cobra.ArbitraryArgs,
	}
	o.addLoad(c)
	c.Flags().BoolVar(&force, "force", false, "overwrite flags.yaml, and .flaglint.yaml where it is wrong")
	c.Flags().BoolVarP(&o.quiet, "quiet", "q", false, "say nothing")
	c.RunE = func(c *cobra.Command, args []string) error {
		return initialize(c, w, o, args, force)
	}
	return c
}

// registryName is what init calls the registry.
const registryName = "flags.yaml"

// initialize writes the two files. A configuration that holds, such as one that names the
// flag systems of a team, stays as it is; what is there otherwise is overwritten by force
// alone.
func initialize(c *cobra.Command, w world, o options, patterns []string, force bool) error {
	s, err := newSession(c, w, o, patterns)
	if s == nil {
		return err
	}
	configFile, registryFile := filepath.Join(s.dir, config.FileName), filepath.Join(s.dir, registryName)
	var errs []error
	for _, name := range []string{configFile, registryFile} {
		if !force && exists(registryFile) && exists(name) {
			errs = append(errs, fmt.Errorf("%s: exists already (give --force to overwrite it)", s.paths.Show(name)))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	keep := exists(configFile)
	var suite *analyzer.Suite
	if err == nil {
		suite, err = s.prepare()
	}
	if err != nil && o.config == "" && s.settings.ConfigFile == configFile && (force || !exists(registryFile) && s.namesOnly(registryName)) {
		wrong := err
		less := settings.Options{NoRegistries: true}
		if exists(registryFile) {
			less = settings.Options{Overlay: map[string][]byte{registryFile: []byte(firstRegistry(nil))}}
		}
		if suite, err = s.without(less); err != nil && force {
			suite, err = s.without(settings.Options{None: true})
			keep = false
		}
		switch {
		case err != nil && force:
			return wrong
		case err != nil: // what is wrong beside the registry that is to be written
			return err
		}
		if force && !s.quiet {
			printError(s.stderr, wrong)
		}
	}
	if err != nil {
		return err
	}
	if err := s.analyze(suite); err != nil {
		return err
	}
	broken := s.tellLoadErrors()
	rows, left := s.rows(s.paths.Show(registryFile))
	s.dates(rows)
	wrote := s.paths.Show(registryFile)
	if err := os.WriteFile(registryFile, []byte(firstRegistry(rows)), 0o644); err != nil {
		return err
	}
	if !keep {
		wrote = s.paths.Show(configFile) + " and " + wrote
		if err := os.WriteFile(configFile, []byte(firstConfig), 0o644); err != nil {
			return err
		}
	}
	if !s.quiet {
		fmt.Fprintf(s.stdout, "Wrote %s with %s, to be reviewed. Then: flaglint ./...\n", wrote, plural(len(rows), "flag"))
	}
	if keep && !s.names(registryName) {
		s.hint("%s: does not name %s (add it to registry)", s.paths.Show(configFile), registryName)
	}
	switch {
	case broken:
		s.hint("flags of packages that do not type-check are missing (flaglint init --force writes %s again)", s.paths.Show(registryFile))
	case len(rows) == 0 && left.registered > 0:
		s.hint("%s found, all in a registry already: the code that declares them, or another file (flaglint list shows them)", plural(left.registered, "flag"))
	case len(rows) == 0 && left.tested > 0:
		s.hint("%s found, in tests only, where keys are often made up (flaglint list shows them)", plural(left.tested, "flag"))
	case len(rows) == 0:
		s.hint("no flags were found (a flag system that ends in no SDK is named in providers of %s, and so are prefixes of the environment variables and options that are flags)", s.paths.Show(configFile))
	}
	if broken {
		return codeError(exitError)
	}
	return nil
}

// prepare makes the rules and loads the packages.
func (s *session) prepare() (*analyzer.Suite, error) {
	suite, err := s.suite(nil, analyzer.SeverityError)
	if err != nil {
		return nil, err
	}
	return suite, s.load(s.patterns, nil)
}

// without prepares with less of a configuration that does not hold.
func (s *session) without(o settings.Options) (*analyzer.Suite, error) {
	o.Dir, o.Registries = s.dir, s.registries
	less, err := settings.Read(o)
	if err != nil {
		return nil, err
	}
	s.settings = less
	return s.prepare()
}

// names reports whether the configuration names a registry beside it.
func (s *session) names(registry string) bool {
	return slices.ContainsFunc(s.settings.Config.Registry, func(e config.RegistryEntry) bool {
		return doublestar.MatchUnvalidated(e.Pattern, registry)
	})
}

// namesOnly reports whether it names that one alone.
func (s *session) namesOnly(registry string) bool {
	list := s.settings.Config.Registry
	return len(list) == 1 && list[0].Pattern == registry
}

const firstConfig = `version: 1
registry:
  - flags.yaml
`

// row is a flag as the code shows it.
type row struct {
	key     string
	typ     registry.Type
	value   string // the fallback of the code, as YAML; empty: not constant
	created string
	owner   string
	files   []string // where it is referenced, outside of tests
}

// leftOut counts flags that init writes no row for: those that another registry has, and
// those that nothing but tests uses.
type leftOut struct{ registered, tested int }

// rows are the flags that code evaluates or declares, tests aside, and that no registry
// has but the one that is to be written.
func (s *session) rows(written string) ([]*row, leftOut) {
	var out []*row
	var left leftOut
	byKey := map[string]*row{}
	for _, f := range report.NewInventory(nil, s.packages).Flags {
		if known := s.settings.Registry.Lookup(f.Key); known != nil && known.Source.File != written || f.Row != nil {
			if len(f.References) > 0 {
				left.registered++
			}
			continue // code that declares a flag is its registry
		}
		r := &row{key: f.Key, typ: f.Type}
		tested := false
		for _, ref := range f.References {
			switch {
			case ref.Kind == flagref.Mention:
			case ref.Test:
				tested = true
			default:
				r.files = append(r.files, ref.Pos.Filename)
			}
		}
		if len(r.files) > 0 {
			byKey[r.key] = r
			out = append(out, r)
		} else if tested {
			left.tested++
		}
	}
	for _, pkg := range s.sound() {
		refs := s.refs[pkg]
		if refs == nil {
			continue
		}
		for _, ref := range refs.References {
			r := byKey[ref.Key]
			if r == nil || ref.Kind != flagref.Evaluation || ref.Test {
				continue
			}
			if r.typ == registry.TypeUnknown {
				r.typ = typeAt(pkg.TypesInfo, ref)
			}
			if ref.Default != nil && r.value == "" {
				if r.typ == registry.TypeUnknown {
					r.typ = typeOf(ref.Default)
				}
				if v := asType(ref.Default, r.typ); v != nil {
					r.value = yamlConstant(v)
				}
			}
		}
	}
	return out, left
}

// dates asks git when each key was first committed and by whom the file was last
// changed; CODEOWNERS, where there is one, tells the owner.
func (s *session) dates(rows []*row) {
	if len(rows) == 0 || !inGit(s.ctx, s.dir) {
		return
	}
	var keys []string
	for _, r := range rows {
		keys = append(keys, r.key)
	}
	days, err := firstCommits(s.ctx, s.dir, keys)
	if err != nil {
		s.hint("the history does not tell since when each flag is there: %v", err)
	}
	owners, authors := readOwners(s.ctx, s.dir), map[string]string{}
	for _, r := range rows {
		r.created = days[r.key]
		name := r.files[0]
		if r.owner = owners.of(name); r.owner != "" {
			continue
		}
		if _, ok := authors[name]; !ok {
			authors[name] = lastAuthor(s.ctx, name)
		}
		r.owner = authors[name]
	}
}

// lastAuthor is who last changed a file.
func lastAuthor(ctx context.Context, name string) string {
	out, err := git(ctx, filepath.Dir(name), "log", "-1", "--format=%ae", "--", name)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// firstRegistry renders rows as flags.yaml.
func firstRegistry(rows []*row) string {
	var b strings.Builder
	b.WriteString("# Written by flaglint init from the code and its history: look at each line marked review.\nversion: 1\n")
	if len(rows) == 0 {
		b.WriteString("flags: {}\n")
		return b.String()
	}
	b.WriteString("flags:\n")
	line := func(name, value string) {
		fmt.Fprintf(&b, "    %s: %s # review\n", name, value)
	}
	for _, r := range rows {
		fmt.Fprintf(&b, "  %s:\n", yamlString(r.key))
		typ := r.typ
		if typ == registry.TypeUnknown {
			typ = registry.TypeBool
		}
		line("type", string(typ))
		if r.value != "" {
			line("default", r.value)
		}
		line("description", `"TODO"`)
		if r.owner != "" {
			line("owner", yamlString(r.owner))
		} else {
			line("owner", `"TODO"`)
		}
		if r.created != "" {
			line("created", r.created)
		}
	}
	return b.String()
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
