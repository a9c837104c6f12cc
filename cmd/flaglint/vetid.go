package main

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/mod/modfile"

	"github.com/flaghygiene/flaglint/internal/config"
	"github.com/flaghygiene/flaglint/internal/gittag"
	"github.com/flaghygiene/flaglint/internal/settings"
	"github.com/flaghygiene/flaglint/registry"
)

// vetToolID is what the go command identifies the tool by. Its cache of findings
// is keyed by that and by the package's files: it knows nothing of the
// configurations, of the registries, of the release tags or of the day that
// decides about expiry. So they are hashed into it, for all packages that may
// be named from the directory: those of the module or workspace.
func vetToolID(dir string, w world) ([]byte, error) {
	h := sha256.New()
	exe, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errNoTool, err)
	}
	fmt.Fprintln(h, registry.DateOf(w.now))
	if err := hashFile(h, exe); err != nil {
		return nil, fmt.Errorf("%w: %w", errNoTool, err)
	}
	ctx, stop := interruptible()
	defer stop()
	hashed := map[string]bool{}
	for _, root := range vetRoots(dir, w) {
		tagged := false
		for _, d := range configured(root) {
			// What is wrong with the settings is told where a package has them.
			s, _ := settings.Read(settings.Options{Dir: d})
			if gittag.Matters(s.Registry) && !tagged {
				tagged = true
				fmt.Fprintln(h, root, gittag.NextVersion(ctx, root))
			}
			for _, name := range s.Files {
				if hashed[name] {
					continue
				}
				hashed[name] = true
				if err := hashFile(h, name); err != nil {
					fmt.Fprintln(h, err)
				}
			}
		}
	}
	return h.Sum(nil), nil
}

func hashFile(h hash.Hash, name string) error {
	fmt.Fprintln(h, name)
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(h, f)
	return err
}

// vetRoots are the directories that the packages are in which the go command may
// be asked for in dir: the module's or workspace's, and what the workspace uses.
func vetRoots(dir string, w world) []string {
	root := settings.Root(dir)
	roots := []string{root}
	work := filepath.Join(root, "go.work")
	switch env := w.lookup("GOWORK"); env {
	case "":
	case "off":
		// A configuration is still looked for up to the workspace.
		return roots
	default:
		work = env
	}
	data, err := os.ReadFile(work)
	if err != nil {
		return roots
	}
	file, err := modfile.ParseWork(work, data, nil)
	if err != nil {
		return roots // the go command says what is wrong
	}
	for _, use := range file.Use {
		path := filepath.FromSlash(use.Path)
		if !filepath.IsAbs(path) {
			path = filepath.Join(filepath.Dir(work), path)
		}
		if real, err := filepath.EvalSymlinks(path); err == nil && !slices.Contains(roots, real) {
			roots = append(roots, real)
		}
	}
	return roots
}

// configured returns the directories in and below root that have a configuration,
// and root itself, for the one that holds there from above.
func configured(root string) []string {
	dirs := []string{root}
	_ = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // what cannot be read holds no package either
		case d.IsDir() && name != root && skipped(d.Name()):
			return fs.SkipDir
		case !d.IsDir() && d.Name() == config.FileName && filepath.Dir(name) != root:
			dirs = append(dirs, filepath.Dir(name))
		}
		return nil
	})
	return dirs
}

// skipped are large directories that hold no packages of the main modules.
func skipped(dir string) bool {
	return dir == "node_modules" || dir == "vendor" || dir == ".git"
}
