package testrun

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// copyTree copies what the go command and tests may read of a directory: all but
// the history of version control and the packages of other languages. Files that
// cannot be read, sockets and devices are passed over: a test that needs one fails
// before and after. The directory except is left out, which holds the copy when the
// temporary directory is in the tree.
func copyTree(ctx context.Context, from, to, except string) error {
	return filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			return nil
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		switch {
		case d.IsDir():
			if base := d.Name(); name == except || name != from && (base == ".git" || base == ".hg" || base == ".jj" || base == "node_modules") {
				return filepath.SkipDir
			}
			return os.MkdirAll(target, 0o755)
		case d.Type()&fs.ModeSymlink != 0:
			return copyLink(from, name, target)
		case d.Type().IsRegular():
			return copyFile(name, target)
		}
		return nil
	})
}

// copyLink copies a symbolic link: as a link where it stays within the tree, and
// else what it points to, if that is a file, since a test may write through it.
func copyLink(tree, name, target string) error {
	to, err := os.Readlink(name)
	if err != nil {
		return nil
	}
	real, err := filepath.EvalSymlinks(name)
	if err != nil {
		return nil // it leads nowhere
	}
	if !filepath.IsAbs(to) && within(tree, filepath.Join(filepath.Dir(name), to)) && within(tree, real) {
		return os.Symlink(to, target)
	}
	if info, err := os.Stat(real); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	return copyFile(real, target)
}

// copyFile copies a file with its mode, so that the owner can write it.
func copyFile(name, target string) error {
	in, err := os.Open(name)
	if err != nil {
		return nil
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	out, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_EXCL, info.Mode().Perm()|0o600)
	if err != nil {
		return err
	}
	// The kernel copies, and shares the blocks where it can.
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}
