"""What is said beside a field: one short sentence per finding, telling what to do."""

from __future__ import annotations

from ui.pages.intake.findings import Finding
from ui.translations import mark, tr

SENTENCES = {
    # missing
    "procedure_not_chosen": mark("Chưa chọn thủ tục."),
    "applicant_missing": mark("Chưa có chủ hồ sơ. Quét thẻ hoặc gõ họ tên."),
    "identifier_missing": mark("Chưa có số định danh, hộ chiếu hoặc mã số thuế của chủ hồ sơ."),
    "submitter_missing": mark("Chưa có người nộp. Quét thẻ của người đang đứng ở quầy."),
    "submitter_identifier_missing": mark("Chưa có số định danh của người nộp."),
    "organisation_needs_submitter": mark("Tổ chức cần người đại diện nộp. Quét thẻ của người đó."),
    "paper_count_zero": mark("“{subject}”: đã ghi có nhưng số bản là 0. Gõ số bản."),
    "required_paper_missing": mark("“{subject}” còn thiếu. Bấm dấu cách nếu có, hoặc ghi lý do thiếu."),
    "required_paper_not_applicable": mark("“{subject}” là giấy bắt buộc. Ghi lý do không áp dụng."),
    "sets_below_one": mark("Số bộ hồ sơ phải từ 1."),
    "exemption_needs_reason": mark("Ghi lý do miễn phí, lệ phí."),
    "exemption_needs_proof": mark("Ghi giấy tờ chứng minh đã xem: tên và số giấy."),
    "fee_count_unreadable": mark("Gõ số đếm: 5; nhiều bản thì 2x3."),
    "post_needs_address": mark("Ghi địa chỉ nhận kết quả qua bưu chính."),
    # wrong
    "text_unprintable": mark("Có ký tự không in được (dấu ? lạ hoặc ký tự ẩn). Xóa và gõ lại."),
    "name_without_letters": mark("Họ tên không có chữ nào. Gõ lại."),
    "identifier_length": mark("Số định danh có 12 chữ số, số cũ có 9. Đếm lại."),
    "identifier_shape": mark("Số này không giống số định danh hay hộ chiếu. Xem lại giấy tờ."),
    "submitter_is_owner": mark("Trùng số với chủ hồ sơ. Nếu tự nộp, chọn “Tự nộp”."),
    "birth_date_unreadable": mark("Gõ đủ ngày, tháng, năm: 07/03/1990. Chỉ biết năm thì để trống."),
    "birth_date_future": mark("Ngày sinh ở tương lai. Xem lại."),
    "email_shape": mark("Thư điện tử cần dạng ten@noi.vn."),
    "phone_not_digits": mark("Số điện thoại chỉ gồm chữ số."),
    "tax_code_shape": mark("Mã số thuế có 10, 13 hoặc 12 chữ số. Đếm lại."),
    "tax_code_check_digit": mark("Mã số thuế sai số kiểm tra: có một chữ số gõ nhầm."),
    "tax_code_branch": mark("Không có chi nhánh 000. Xem lại mã số thuế."),
    "tax_code_empty": mark("Chưa có mã số thuế."),
    # doubtful
    "unknown_province_code": mark("Ba số đầu không phải mã tỉnh nào. Người sinh ở nước ngoài thì đúng."),
    "gender_digit_differs": mark("Số định danh ghi giới tính khác. Nhìn lại thẻ."),
    "year_in_id_differs": mark("Số định danh ghi năm sinh khác. Nhìn lại thẻ."),
    "issue_before_birth": mark("Thẻ ghi ngày cấp trước ngày sinh. Nhìn lại thẻ."),
    "accents_lost": mark("Máy quét làm mất dấu tiếng Việt. Gõ lại họ tên có dấu."),
    "address_damaged": mark("Địa chỉ trên thẻ đọc bị lỗi chữ. Xem và sửa lại."),
    "caps_lock_repaired": mark("Caps Lock đang bật khi quét, đã sửa lại chữ. Nhìn lại họ tên."),
    "input_method_repaired": mark("Bộ gõ tiếng Việt đã đổi chữ khi quét, đã sửa lại. Nhìn lại họ tên."),
    "phone_old_mobile": mark("Số di động 11 số đã bỏ từ 2018. Hỏi lại số mới."),
    "phone_not_vietnamese": mark("Số nước ngoài: không gửi được tin nhắn báo kết quả."),
    "phone_length": mark("Số điện thoại thiếu hoặc thừa chữ số. Đọc lại với người dân."),
    "phone_prefix": mark("Không có đầu số này. Đọc lại với người dân."),
}


def finding_words(finding: Finding) -> str:
    """The sentence; a code that has none shows itself, so that nothing is silent."""
    words = SENTENCES.get(finding.code)
    return tr(words, subject=finding.subject) if words else finding.code
