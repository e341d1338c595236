/**
 * What a standing use of a code gave away, minor units, of `redemption r LEFT JOIN sale s ON s.id = r.sale_id`. The receipt knows best: what
 * it took off counts, once however many codes were typed for it, and nothing where all was brought back. A receipt with further discounts
 * counts at most what the offer gives. Where the receipt is not here yet, shows nothing, or names a discount the owner called something
 * else, what the counter worked out stands. Points take nothing off.
 */
export const GIVEN = `CASE
    WHEN s.id IS NULL OR s.discount <= 0 OR r.points IS NOT NULL
      OR (s.discount_code IS NULL AND EXISTS (SELECT 1 FROM till_discount d WHERE d.name = s.discount_label AND d.meaning = 'other')) THEN r.discount
    WHEN s.status = 'refunded' THEN 0
    WHEN EXISTS (SELECT 1 FROM redemption f WHERE f.sale_id = r.sale_id AND f.reversed_at IS NULL AND f.id < r.id) THEN 0
    WHEN instr(coalesce(s.discount_code || ',', '') || coalesce(s.discount_label, ''), ',') BETWEEN 1
      AND length(coalesce(s.discount_code || ',', '') || coalesce(s.discount_label, '')) - 1 THEN min(s.discount, coalesce(r.discount, s.discount))
    ELSE s.discount END`;
