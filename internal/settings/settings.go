// Package settings reads what holds in a directory: the configuration, the
// registries that it names and the flag systems. It is what the command, the vet
// tool and the plugins have in common.
package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/config"
	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/internal/report"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source"
)

// Options say where to look.
type Options struct {
	Dir string // absolute
	// File is the configuration, relative to Dir; empty: the nearest one from Dir
	// upwards.
	File string
	// None: no configuration is looked for.
	None bool
	// Registries, relative to Dir, take the place of those that the configuration
	// names, if there are any.
	Registries []string
	// NoRegistries: the registries that the configuration names are not read.
	NoRegistries bool
	// NoSnapshot: what sync fetched is not read.
	NoSnapshot bool
	// ShowFrom is the absolute directory that names of files are shown relative to
	// in errors and findings; empty: Dir.
	ShowFrom string
	// Overlay replaces the content of files, by absolute name. A file that does not
	// exist must not be in it.
	Overlay map[string][]byte
}

// read returns the content of a file.
func (o Options) read(name string) ([]byte, error) {
	if data, ok := o.Overlay[name]; ok {
		return data, nil
	}
	return os.ReadFile(name)
}

// Settings are what the configuration and the registries say.
type Settings struct {
	ConfigFile string // absolute; empty: none
	ConfigDir  string
	Config     *config.Config
	Registry   *registry.Registry // nil: none is named
	Specs      []provider.Spec
	Set        *provider.Set
	// Files are the absolute names of all files that were read.
	Files []string
}

// Formats are the registry formats that the program knows.
func Formats() registry.Formats {
	return append(registry.Formats{registry.Native()}, source.Formats()...)
}

// Read reads the settings. Errors name the place in the file that is wrong. Where
// there is an error, Settings is not nil and has the Files that were found until
// then, for those who want to know when to try again.
func Read(o Options) (*Settings, error) {
	paths, shown := report.Paths{Dir: o.Dir}, report.Paths{Dir: o.ShowFrom}
	if o.ShowFrom == "" {
		shown = paths
	}
	tree := newTree(o.Dir)
	s := &Settings{ConfigDir: o.Dir, Config: &config.Config{}}
	switch {
	case o.None:
	case o.File != "":
		s.ConfigFile = paths.Abs(o.File)
	default:
		found, err := config.Find(tree, tree.path(o.Dir), tree.path(Root(o.Dir)))
		if err != nil {
			return s, tree.explain(err, shown)
		}
		if found != "" {
			s.ConfigFile = tree.name(found)
		}
	}
	if s.ConfigFile != "" {
		s.ConfigDir = filepath.Dir(s.ConfigFile)
		s.Files = append(s.Files, s.ConfigFile)
		name := shown.Show(s.ConfigFile)
		data, err := o.read(s.ConfigFile)
		if errors.Is(err, fs.ErrNotExist) {
			return s, fmt.Errorf("%s: the configuration does not exist (correct --config, or run flaglint init)", name)
		} else if err != nil {
			return s, fmt.Errorf("%s: the configuration cannot be read: %w", name, Cause(err))
		}
		c, err := config.Parse(name, data)
		if err != nil {
			return s, err
		}
		s.Config = c
	}
	files, err := s.registryFiles(tree, o, paths)
	for _, f := range files {
		s.Files = append(s.Files, f.name)
	}
	if err != nil {
		return s, err
	}
	if s.Registry, err = loadRegistries(files, o, s.Config.Environments, shown); err != nil {
		return s, err
	}
	builtin, err := provider.Builtin()
	if err != nil {
		return s, err
	}
	s.Specs = append(builtin, s.Config.Providers...)
	s.Set, err = provider.NewSet(s.Specs)
	return s, err
}

// SnapshotFile is the absolute name of the file that sync writes; empty where nothing
// is fetched.
func (s *Settings) SnapshotFile() string {
	if s.Config.Sync == nil {
		return ""
	}
	return filepath.Join(s.ConfigDir, filepath.FromSlash(s.Config.Sync.Snapshot))
}

// Rules are the configured rules as the analyzers take them.
func (s *Settings) Rules() map[string]analyzer.RuleConfig {
	out := make(map[string]analyzer.RuleConfig, len(s.Config.Rules))
	for name, r := range s.Config.Rules {
		c := analyzer.RuleConfig{Severity: r.Severity, Pos: r.Pos, SeverityPos: r.SeverityPos}
		for _, o := range r.Options {
			c.Options = append(c.Options, analyzer.OptionValue{Name: o.Name, Value: o.Value, Pos: o.Pos})
		}
		out[name] = c
	}
	return out
}

// Excluded reports whether the configuration excludes an absolute file.
func (s *Settings) Excluded(name string) bool {
	if len(s.Config.Exclude) == 0 {
		return false
	}
	rel, err := filepath.Rel(s.ConfigDir, name)
	return err == nil && s.Config.Excluded(filepath.ToSlash(rel))
}

// Root is the directory above which no configuration is looked for: the
// workspace, or else the module that holds dir.
func Root(dir string) string {
	module := ""
	for at := dir; ; at = filepath.Dir(at) {
		if exists(filepath.Join(at, "go.work")) {
			return at
		}
		if module == "" && exists(filepath.Join(at, "go.mod")) {
			module = at
		}
		if at == filepath.Dir(at) {
			break
		}
	}
	if module == "" {
		return dir
	}
	return module
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
