package removal

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// tempPattern names the files that exist only while a plan is written. They
// start with a dot and do not end in .go, so that the go command never sees one.
const tempPattern = ".flaglint-*.tmp"

// osFiles is the file system itself.
type osFiles struct{}

func (osFiles) Write(dir string, mode fs.FileMode, data []byte) (name string, err error) {
	f, err := os.CreateTemp(dir, tempPattern)
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(mode)
	}
	if err == nil {
		err = f.Sync()
	}
	return f.Name(), errors.Join(err, f.Close())
}

// Keep links the file where the file system can, and else copies it.
func (o osFiles) Keep(name string) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(name), tempPattern)
	if err != nil {
		return "", err
	}
	kept := f.Name()
	if err := errors.Join(f.Close(), os.Remove(kept)); err != nil {
		return "", err
	}
	if os.Link(name, kept) == nil {
		return kept, nil
	}
	info, err := os.Stat(name)
	if err != nil {
		return "", err
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	return o.Write(filepath.Dir(name), info.Mode().Perm(), data)
}

func (osFiles) Rename(from, to string) error { return os.Rename(from, to) }

func (osFiles) Remove(name string) error { return os.Remove(name) }

// Sync is left out where a directory cannot be opened or synced, as on Windows.
func (osFiles) Sync(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return nil
	}
	defer f.Close()
	if err := f.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return nil
}
