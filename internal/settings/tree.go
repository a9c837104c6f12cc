package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/flaghygiene/flaglint/internal/report"
	"github.com/flaghygiene/flaglint/internal/tomltree"
	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/snapshot"
)

// tree is the file system that a directory is in, from its root.
type tree struct {
	fs.FS
	root string // "/", or a drive
}

func newTree(dir string) tree {
	root := filepath.VolumeName(dir) + string(filepath.Separator)
	return tree{os.DirFS(root), root}
}

// path returns an absolute name as a path in the tree.
func (t tree) path(name string) string {
	p := strings.TrimPrefix(filepath.ToSlash(name), filepath.ToSlash(t.root))
	if p == "" {
		return "."
	}
	return p
}

// name returns a path in the tree as an absolute name.
func (t tree) name(path string) string { return filepath.Join(t.root, filepath.FromSlash(path)) }

// explain shows the file that an error begins with as outputs do.
func (t tree) explain(err error, paths report.Paths) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("%s: %w", paths.Show(t.name(pe.Path)), pe.Err)
	}
	if file, rest, ok := strings.Cut(err.Error(), ": "); ok && fs.ValidPath(file) {
		return fmt.Errorf("%s: %s", paths.Show(t.name(file)), rest)
	}
	return err
}

// MaxRegistry bounds a registry file, which is read whole.
const MaxRegistry = 8 << 20

// registryFile is a file to read flags from.
type registryFile struct {
	name    string // absolute
	format  string
	runtime *bool
	env     string // the environment that it holds
	at      string // where it is named, for errors: "--registry" or a position
	synced  bool   // flaglint sync writes it
}

// registryFiles are the files that the command line names, or else the
// configuration.
func (s *Settings) registryFiles(tree tree, o Options, paths report.Paths) ([]registryFile, error) {
	var out []registryFile
	for _, name := range o.Registries {
		out = append(out, registryFile{name: paths.Abs(name), at: "--registry"})
	}
	if len(o.Registries) > 0 || o.NoRegistries {
		return out, nil
	}
	files, err := s.Config.RegistryFiles(tree, tree.path(s.ConfigDir))
	if sync := s.Config.Sync; sync != nil && !o.NoSnapshot {
		out = append(out, registryFile{name: s.SnapshotFile(), format: snapshot.FormatName, at: paths.Show(s.ConfigFile), synced: true})
	}
	for _, f := range files {
		if s.Config.Sync != nil && tree.name(f.Name) == s.SnapshotFile() {
			continue
		}
		out = append(out, registryFile{
			name: tree.name(f.Name), format: f.Entry.Format, runtime: f.Entry.Runtime, env: f.Entry.Environment,
			at: f.Entry.Pos.String(),
		})
	}
	return out, err
}

// loadRegistries reads the files, joins them, and decides the states that follow
// from what is served in the environments; no file is no registry, nil.
func loadRegistries(files []registryFile, o Options, environments []string, paths report.Paths) (*registry.Registry, error) {
	if len(files) == 0 {
		return nil, nil
	}
	var parts []*registry.Registry
	var errs []error
	for _, f := range files {
		r, err := f.load(paths.Show(f.name), o)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		parts = append(parts, r)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	merged, err := registry.Merge(parts...)
	if err != nil {
		return nil, err
	}
	return registry.Settle(merged, environments)
}

func (f registryFile) load(shown string, o Options) (*registry.Registry, error) {
	info, err := os.Stat(f.name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && f.synced:
		return nil, fmt.Errorf("%s: there is no snapshot %s of the sources yet (run flaglint sync)", f.at, shown)
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: the registry %s does not exist (create it with flaglint init, or correct the name)", f.at, shown)
	case err != nil:
		return nil, fmt.Errorf("%s: the registry %s cannot be read: %w", f.at, shown, Cause(err))
	case info.IsDir():
		return nil, fmt.Errorf("%s: the registry %s is a directory (name a file)", f.at, shown)
	case info.Size() > MaxRegistry:
		return nil, fmt.Errorf("%s: has %d MiB, more than the %d that a registry may have (name the right file, or split it)",
			shown, info.Size()>>20, MaxRegistry>>20)
	}
	data, err := o.read(f.name)
	if err != nil {
		return nil, fmt.Errorf("%s: the registry %s cannot be read: %w", f.at, shown, Cause(err))
	}
	r, err := Formats().Load(shown, data, registry.Options{Format: f.format, Runtime: f.runtime, Environment: f.env})
	if parse := parser(f.name); err != nil && f.format == "" && parse != nil {
		// A file that is no YAML is recognised by no format; where it breaks says more.
		if _, broken := parse(shown, data); broken != nil {
			return nil, broken
		}
	}
	return r, err
}

// parser returns what reads a file of that name as a document, or nil.
func parser(name string) func(string, []byte) (*yamltree.Node, error) {
	switch filepath.Ext(name) {
	case ".yaml", ".yml", ".json":
		return yamltree.Parse
	case ".toml":
		return tomltree.Parse
	}
	return nil
}

// Cause is what went wrong, without the file name that an *fs.PathError repeats.
func Cause(err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err
	}
	return err
}
