;; Looks for bytes with which a control may begin, sixteen at a time. `control-scanner.ts` holds this as bytes.
(module
	(memory (export "memory") 2)
	;; The first place from `at` on with a byte of C0, a DEL, or 0xC2, which the controls of C1 begin with. It has to be
	;; there, as there is no other end.
	(func (export "find") (param $at i32) (result i32)
		(local $bytes v128)
		(local $found i32)
		(loop $next
			(local.set $bytes (v128.load (local.get $at)))
			(local.set $found
				(i8x16.bitmask
					(v128.or
						(i8x16.lt_u (local.get $bytes) (i8x16.splat (i32.const 0x20)))
						(v128.or
							(i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x7f)))
							(i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0xc2)))))))
			(if (i32.eqz (local.get $found))
				(then
					(local.set $at (i32.add (local.get $at) (i32.const 16)))
					(br $next))))
		(i32.add (local.get $at) (i32.ctz (local.get $found)))))
