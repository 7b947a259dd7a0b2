// What mail programs write above a quoted or forwarded mail, in the languages they speak. Words only; the rules are in quote.ts.

export type Label = 'from' | 'date' | 'to' | 'subject' | 'other';

const list = (words: string) => words.split('|');

// "De", "Da" and "A" mean different fields in different languages; each stands where mail programs write it first.
const labelled: Readonly<Record<Label, readonly string[]>> = {
  from: list(
    'from|von|de|da|van|od|från|fra|frá|lähettäjä|от|от кого|від|від кого|kimden|gönderen|发件人|寄件者|寄件人|差出人|送信者|送信元|보낸 사람|보낸사람|보낸이|από|feladó|de la|expéditeur|expediteur|remitente|remetente|mittente|afzender|nadawca|avsändare|avsender|afsender|odesílatel|odosielateľ|saatja|siuntėjas|nuo|no|šalje|pošiljatelj|pošiljalac|מאת|من|từ|người gửi|จาก|dari|pengirim|isänd|подател',
  ),
  date: list(
    "sent|date|gesendet|gesendet am|datum|envoyé|envoyé le|date d'envoi|enviado el|enviado|enviada|enviadas|enviados|enviada em|enviadas em|enviado em|fecha|data|inviato|data invio|verzonden|verzonden op|wysłano|wysłane|skickat|sendt|dato|lähetetty|päivämäärä|päiväys|отправлено|дата|надіслано|дата надсилання|gönderildi|gönderilme tarihi|gönderim tarihi|tarih|发送时间|发送日期|时间|日期|寄件日期|傳送時間|傳送日期|送信日時|送信日|日時|日付|보낸 날짜|보낸날짜|날짜|ημερομηνία|στάλθηκε|elküldve|küldve|dátum|trimis|odesláno|odoslané|poslano|išsiųsta|saadetud|nosūtīts|נשלח|תאריך|تاريخ|تاريخ الإرسال|أرسلت|ngày|đã gửi|tanggal|dikirim|วันที่|ส่งเมื่อ|изпратено",
  ),
  to: list(
    'to|an|à|para|a|aan|do|till|til|vastaanottaja|кому|до|kime|alıcı|收件人|收件者|宛先|받는 사람|받는사람|προς|címzett|către|komu|za|prima|kam|kellele|אל|إلى|đến|tới|người nhận|ถึง|kepada|destinataire|destinatario|destinatário|ontvanger|empfänger|mottagare|mottaker|modtager|adresat|до кого|получатель',
  ),
  subject: list(
    'subject|betreff|objet|asunto|oggetto|assunto|onderwerp|temat|ämne|emne|aihe|тема|konu|主题|主題|主旨|件名|标题|제목|θέμα|tárgy|subiect|předmět|predmet|zadeva|naslov|tema|teema|נושא|الموضوع|موضوع|chủ đề|tiêu đề|subjek|perihal|เรื่อง|относно|assumpte|efni',
  ),
  other: list(
    'cc|bcc|kopie|kopie (cc)|copie|copie à|copia|kopia|kopi|копия|копія|bilgi|抄送|副本|副本抄送|参照|참조|κοιν|másolatot kap|másolat|kopio|dw|reply-to|reply to|antwort an|répondre à|responder a|rispondi a|importance|priority|wichtigkeit|priorität|importancia|importanza|attachments|anlagen|anhänge|pièces jointes|adjuntos|allegati|organization|newsgroups|resent-from|resent-date|resent-to',
  ),
};

/** Labels of a quoted header in lower case. */
export const labels: ReadonlyMap<string, Label> = new Map(
  (['other', 'subject', 'to', 'date', 'from'] as const).flatMap((label) => labelled[label].map((word) => [word, label] as const)),
);

/** Titles of a quoted original, as between dashes, lower case. */
export const originals: ReadonlySet<string> = new Set(
  list(
    "original message|original appointment|original mail|original email|original e-mail|reply message|ursprüngliche nachricht|ursprungliche nachricht|originalnachricht|original-nachricht|ursprüngliche mail|message d'origine|message d’origine|message original|mensaje original|messaggio originale|messaggio original|mensagem original|oorspronkelijk bericht|oorspronkelijke bericht|origineel bericht|wiadomość oryginalna|oryginalna wiadomość|ursprungligt meddelande|originalmeddelande|opprinnelig melding|oprindelig meddelelse|original meddelelse|alkuperäinen viesti|исходное сообщение|оригинальное сообщение|первоначальное сообщение|исходное письмо|вихідне повідомлення|оригінальне повідомлення|původní zpráva|původní e-mail|pôvodná správa|eredeti üzenet|mesaj original|mesajul original|αρχικό μήνυμα|orijinal mesaj|özgün ileti|orijinal ileti|izvorna poruka|originalna poruka|izvirno sporočilo|оригинално съобщение|原始邮件|邮件原件|原始郵件|原始信件|原郵件|原邮件|元のメッセージ|元のメール|원본 메시지|원본메시지|원본 메일|원본메일|הודעה מקורית|الرسالة الأصلية|pesan asli|tin nhắn gốc|thư gốc|missatge original|originalus laiškas|algne kiri|upprunaleg skilaboð",
  ),
);

/** Titles of a forwarded mail, lower case. */
export const forwards: ReadonlySet<string> = new Set(
  list(
    'forwarded message|begin forwarded message|start of forwarded message|forwarded mail|forwarded email|forwarded e-mail|weitergeleitete nachricht|anfang der weitergeleiteten nachricht|anfang der weitergeleiteten e-mail|beginn der weitergeleiteten nachricht|weitergeleitete e-mail|message transféré|message transmis|message réexpédié|début du message réexpédié|début du message transféré|courriel transféré|mensaje reenviado|inicio del mensaje reenviado|messaggio inoltrato|inizio messaggio inoltrato|inizio del messaggio inoltrato|mensagem encaminhada|mensagem reencaminhada|início da mensagem encaminhada|início da mensagem reencaminhada|doorgestuurd bericht|begin doorgestuurd bericht|doorgestuurd e-mailbericht|wiadomość przekazana dalej|wiadomość przekazana|przekazana wiadomość|początek przekazywanej wiadomości|przesłana wiadomość|treść przekazanej wiadomości|treść przekazanej wiadomości|vidarebefordrat meddelande|vidarebefordrat brev|vidarebefordrat mejl|början på vidarebefordrat meddelande|videresendt melding|videresendt meddelelse|videresendt besked|start på videresendt besked|starten på den videresendte meldingen|välitetty viesti|edelleenlähetetty viesti|välitetty viesti alkaa|пересылаемое сообщение|пересылаемое письмо|пересланное сообщение|перенаправленное сообщение|начало переадресованного сообщения|начало пересылаемого сообщения|переслане повідомлення|початок переспрямованого повідомлення|přeposlaná zpráva|začátek přeposílané zprávy|preposlaná správa|začiatok preposielanej správy|továbbított üzenet|továbbított levél|továbbított levél kezdete|mesaj redirecționat|mesaj redirectionat|mesaj transmis mai departe|προωθημένο μήνυμα|αρχή προωθημένου μηνύματος|yönlendirilmiş ileti|iletilen mesaj|iletilmiş mesaj|yönlendirilen ileti|iletilen ileti başlangıcı|转发的邮件|转发邮件|转发邮件信息|下面是被转发的邮件|轉寄郵件|轉寄的郵件|轉寄的信件|開始轉寄的郵件|転送されたメッセージ|転送メッセージ|転送されたメール|전달된 메시지|전달된 메일|전달 메시지|הודעה שהועברה|רسالة معاد توجيهها|رسالة معاد توجيهها|بداية الرسالة المعاد توجيهها|pesan terusan|pesan diteruskan|thư đã chuyển tiếp|thư được chuyển tiếp|ข้อความที่ส่งต่อ|proslijeđena poruka|prosleđena poruka|posredovano sporočilo|edastatud kiri|persiųstas laiškas|pārsūtīta ziņa|препратено съобщение|missatge reenviat',
  ),
);

/** Verbs right before the colon that ends an attribution line ("On …, … wrote:"). */
export const wroteAtEnd =
  /(?:wrote|writes|schrieb|schrieben|écrit|ecrit|escribió|escribio|escreveu|ha scritto|scrive|schreef|pisze|napisał(?:\(a\)|a)?|skrev|skriver|kirjoitti|написал(?:\(а\)|а)?|пишет|пише|написав(?:\(ла\))?|написа|napsal(?:\(a\)|a)?|napísal(?:\(a\)|a)?|írta|yazdı|έγραψε|a scris|napisa[ol](?:\/la|a)?|rašė|kirjutas|rakstīja|menulis|đã viết|เขียนว่า|写道|寫道|写到|書きました|のメール|작성|씀|כתב|כתבה|כתב\/ה|كتب|escriure|skrifaði|idatzi du)\s?[:：]$/iu;

/** Verbs with the writer's name behind them, or a moment in brackets. */
export const wroteBefore = /(?:schrieb|schreef|skrev|skriver|kirjoitti|írta|yazdı|wrote|escribió|كتب|כתב)\s.{1,200}[:：]$/iu;

/** Words an attribution line begins with. */
export const starter =
  /^(?:on|am|le|el|il|em|op|w dniu|dnia|dne|dňa|den|på|pe|în|la|στις|в|на|在|于|vào|pada|kl|ond|do|dana|a|ma|ti|ke|to|pe|la|su)\s/iu;

/** Lines a phone or web mailer adds under a text. */
export const mailerLine =
  /^(?:sent from (?:my|mail|outlook|yahoo|proton|gmail|the|an?)\b.{0,80}|sent (?:with|via|using) .{2,60}|get outlook for .{2,90}|von meinem .{2,40} gesendet.{0,20}|gesendet (?:von|mit|aus) .{2,60}|diese nachricht wurde von meinem .{2,60} gesendet.{0,20}|envoyé (?:de|depuis|à partir) .{2,60}|télécharger outlook .{2,30}|enviado (?:desde|do|a partir) .{2,60}|inviato da .{2,60}|verstuurd vanaf .{2,60}|verzonden (?:vanaf|met|via) .{2,60}|wysłane z .{2,60}|skickat från .{2,60}|sendt fra .{2,60}|lähetetty .{2,60}|отправлено (?:с|из|от) .{2,60}|надіслано з .{2,60}|odesláno z .{2,60}|iphone(?:から|より)送信|発自我的.{2,30}|发自我的.{2,30}|從我的.{2,30}傳送|나의 iphone.{0,20}|내 iphone.{0,20}|.{2,30}에서 보냄)\.?$/iu;
