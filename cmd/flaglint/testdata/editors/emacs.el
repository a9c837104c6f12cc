;;; What a user of Emacs does with the language server, through Eglot. -*- lexical-binding: t -*-
;;; Each step is written as a line of JSON to $OUT; the test compares them.

(setq package-user-dir (getenv "HOME"))
(package-initialize)
(require 'go-mode)
(require 'yaml-mode)
(require 'eglot)
(require 'json)
(load (getenv "INIT") nil t)
(setq make-backup-files nil
      auto-save-default nil
      create-lockfiles nil
      vc-follow-symlinks t
      flymake-no-changes-timeout nil
      eglot-sync-connect 60)
;; Eglot asks before it lets a server edit files.
(fset 'y-or-n-p (lambda (&rest _) t))

(defun tell (step value)
  (write-region (concat (json-encode `((step . ,step) (value . ,value))) "\n") nil (getenv "OUT") t 'silent))

(defun fail (text)
  (tell "failed" text)
  (kill-emacs 1))

(defun diagnostics ()
  "What Flymake shows in the buffer."
  (flymake-start)
  (vconcat
   (mapcar (lambda (d)
             (format "%d %s" (line-number-at-pos (flymake-diagnostic-beg d)) (flymake-diagnostic-text d)))
           (sort (flymake-diagnostics)
                 (lambda (a b) (< (flymake-diagnostic-beg a) (flymake-diagnostic-beg b)))))))

(defun await (what holds)
  "Wait until HOLDS, and fail where it does not come to that."
  (with-timeout (60 (fail (format "%s: %s" what (diagnostics))))
    (while (not (funcall holds))
      (accept-process-output nil 0.05))))

(defun shows (text)
  (seq-some (lambda (d) (string-match-p (regexp-quote text) d)) (diagnostics)))

(defvar root default-directory)

(defun open (file)
  (find-file (expand-file-name file root))
  (unless (eglot-managed-p)
    (apply #'eglot--connect (eglot--guess-contact))))

(defun ask (method &rest more)
  (jsonrpc-request (eglot--current-server-or-lose) method (append (eglot--TextDocumentPositionParams) more)))

(defun at (text)
  (goto-char (point-min))
  (search-forward text))

(condition-case err
    (progn
      (open "internal/checkout/checkout.go")
      (await "diagnostics on open" (lambda () (shows "gift-wraping")))
      (tell "open" (diagnostics))

      ;; Unsaved text counts.
      (at "gift-wraping")
      (replace-match "gift-wrap")
      (eglot--signal-textDocument/didChange)
      (await "diagnostics on change" (lambda () (not (shows "gift-wraping"))))
      (tell "change" (diagnostics))
      (save-buffer)

      (at "flags.Free")
      (tell "hover" (plist-get (plist-get (ask :textDocument/hover) :contents) :value))
      (let ((place (xref-item-location (car (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot))))))
        (tell "definition" (vector (file-name-nondirectory (xref-location-group place)) (xref-location-line place))))

      ;; Retire a flag, and then all that are retired, on top of what is not saved.
      (dolist (title '("Retire free-shipping everywhere: it is always true" "Retire all retired flags everywhere: new-search"))
        (let* ((here (eglot--pos-to-lsp-position))
               (actions (ask :textDocument/codeAction :range (list :start here :end here) :context (list :diagnostics [])))
               (action (seq-find (lambda (a) (equal (plist-get a :title) title)) actions)))
          (unless action
            (fail (format "%s: %s" title (mapcar (lambda (a) (plist-get a :title)) actions))))
          (let ((command (plist-get action :command)))
            (eglot-execute-command (eglot--current-server-or-lose) (intern (plist-get command :command)) (plist-get command :arguments)))
          (dolist (buffer (buffer-list))
            (with-current-buffer buffer
              (when (and buffer-file-name (eglot-managed-p))
                (eglot--signal-textDocument/didChange))))))
      (await "diagnostics after the removal" (lambda () (not (shows "free-shipping"))))
      (tell "changed" (vconcat (sort (delq nil (mapcar (lambda (b) (and (buffer-modified-p b) (buffer-file-name b) (file-name-nondirectory (buffer-file-name b))))
                                                       (buffer-list)))
                                     #'string<)))
      (save-some-buffers t)

      ;; The registry.
      (open "flags.yaml")
      (at "2026-09-30")
      (replace-match "2026-19-30")
      (eglot--signal-textDocument/didChange)
      (await "errors of the registry" (lambda () (shows "is no date")))
      (tell "registry" (diagnostics))
      (set-buffer-modified-p nil))
  (error (fail (error-message-string err))))
(kill-emacs 0)
