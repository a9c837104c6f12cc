package config

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// FileName is what a configuration is called.
const FileName = ".flaglint.yaml"

// Find returns the configuration that holds in dir: the one in dir or its nearest
// parent, never above root, which is the directory of the module or workspace.
// Where dir is not below root, dir alone is searched. The directories are slash
// paths in fsys, as fs.ValidPath takes them. It returns "" where there is none,
// and refuses a file that is named almost like a configuration.
func Find(fsys fs.FS, dir, root string) (string, error) {
	for {
		file := path.Join(dir, FileName)
		info, err := fs.Stat(fsys, file)
		switch {
		case err == nil && !info.Mode().IsRegular():
			return "", fmt.Errorf("%s: is not a regular file", file)
		case err == nil:
			return file, nil
		case !errors.Is(err, fs.ErrNotExist):
			return "", err
		}
		for _, name := range []string{".flaglint.yml", ".flaglint.json", "flaglint.yaml", "flaglint.yml"} {
			if _, err := fs.Stat(fsys, path.Join(dir, name)); err == nil {
				return "", fmt.Errorf("%s: is not read (rename it to %s)", path.Join(dir, name), FileName)
			}
		}
		if dir == root || !below(dir, root) {
			return "", nil
		}
		dir = path.Dir(dir)
	}
}

// below reports whether dir is root or inside it.
func below(dir, root string) bool {
	return root == "." || dir == root || strings.HasPrefix(dir, root+"/")
}

// RegistryFile is a file that the configuration names.
type RegistryFile struct {
	Name  string // a slash path in the file system that was searched
	Entry RegistryEntry
}

// RegistryFiles returns the files that the entries name, in the order of the
// entries and sorted for each glob; a file that several entries name comes once,
// by the first that names it without wildcards, or else the first. Dir is the
// directory of the configuration in fsys. A file that is missing, a glob that
// matches none and a path that leaves fsys are errors, all of which are returned.
func (c *Config) RegistryFiles(fsys fs.FS, dir string) ([]RegistryFile, error) {
	var files []RegistryFile
	var errs []error
	index := map[string]int{}
	for _, entry := range c.Registry {
		literal := !hasWildcard(entry.Pattern)
		names, err := match(fsys, dir, entry.Pattern, literal)
		switch {
		case err != nil:
			errs = append(errs, at(entry.Pos, "registry %q: %v", entry.Pattern, err))
		case len(names) == 0 && literal:
			errs = append(errs, at(entry.Pos, "registry file %q does not exist (correct the path, or remove the entry)", entry.Pattern))
		case len(names) == 0:
			errs = append(errs, at(entry.Pos, "registry %q matches no file (correct the glob, or remove the entry)", entry.Pattern))
		}
		for _, name := range names {
			i, seen := index[name]
			switch {
			case !seen:
				index[name] = len(files)
				files = append(files, RegistryFile{name, entry})
			case literal && hasWildcard(files[i].Entry.Pattern):
				files[i].Entry = entry
			}
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return files, nil
}

func hasWildcard(pattern string) bool { return strings.ContainsAny(pattern, `*?[{`) }

// match returns the files of a pattern relative to dir, as paths in fsys.
func match(fsys fs.FS, dir, pattern string, literal bool) ([]string, error) {
	full := path.Join(dir, pattern)
	if !fs.ValidPath(full) {
		return nil, errors.New("is outside the file system (write a path below it)")
	}
	if literal {
		info, err := fs.Stat(fsys, full)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, nil
		case err != nil:
			return nil, err
		case info.IsDir():
			return nil, fmt.Errorf("is a directory (name a file, or write %s/*.yaml)", pattern)
		}
		return []string{full}, nil
	}
	// The wildcards of the pattern alone count: the directory's own name may hold
	// brackets. So search below the part of the pattern that has none.
	base, glob := doublestar.SplitPattern(pattern)
	start := path.Join(dir, base)
	if !fs.ValidPath(start) {
		return nil, errors.New("is outside the file system (write a path below it)")
	}
	sub, err := fs.Sub(fsys, start)
	if err != nil {
		return nil, err
	}
	names, err := doublestar.Glob(sub, glob, doublestar.WithFilesOnly(), doublestar.WithFailOnIOErrors())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	// *.yaml beside the configuration means the registries, not the configuration.
	names = slices.DeleteFunc(names, func(name string) bool { return path.Base(name) == FileName })
	for i, name := range names {
		names[i] = path.Join(start, name)
	}
	slices.Sort(names)
	return names, nil
}
