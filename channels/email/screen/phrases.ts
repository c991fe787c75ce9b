import { phraseList } from './words.ts';

/** Written before the subject of an answer; a colon follows. */
export const replyOpeners = phraseList(`
  re | رد | الرد | aw | antw | antwort | sv | vs | res | resp | rif | ynt | yanit | odp | bls | atb
  回复 | 答复 | 回覆 | 返信 | ref | ری | پاسخ | הב | ответ | на | απ
`);

/** Written before the subject of a mail that is passed on; a colon follows. */
export const forwardOpeners = phraseList(`
  fwd | fw | forward | forwarded | إعادة توجيه | إعادة إرسال | تحويل | محول | wg | tr | enc | rv
  doorst | i | ilt | pd | vb | vl | 转发 | 轉寄 | 転送 | пересл | הועבר | πρθ
`);

/** Subjects that automatic answers begin with; a colon or bracket behind them makes them sure. */
export const automaticSubjects = phraseList(`
  automated message | auto generated | رسالة تلقائية | رسالة آلية
  automatic reply | automatic response | automatic answer | auto reply | autoreply | auto response
  autoresponse | autoresponder | auto responder | auto replied | auto answer | automated reply
  automated response | out of office autoreply
  out of office auto reply | out of office reply | out of office | out of the office | out of office notification
  out of office message
  vacation reply | vacation message | vacation notice | vacation auto reply | away message | away notice
  auto away | yahoo auto response
  رد تلقائي | الرد التلقائي | رد آلي | الرد الآلي | إجابة تلقائية | خارج المكتب
  رد أوتوماتيكي | الرد الأوتوماتيكي | إشعار غياب
  خودکار جواب | جواب خودکار | دفتر سے باہر | پاسخ خودکار | پاسخ اتوماتیک
  reponse automatique | message d'absence | notification d'absence | absence du bureau | absent du bureau
  automatische antwort | automatische antwortmail | autoantwort | abwesenheitsnotiz | abwesenheitsmeldung
  abwesenheitsbenachrichtigung | abwesenheitsassistent | eingangsbestatigung
  automatische eingangsbestatigung
  respuesta automatica | respuesta automatizada | fuera de la oficina | fuera de oficina | resposta automatica
  ausencia temporaria | fora do escritorio | ausencia do escritorio | risposta automatica | fuori sede
  fuori ufficio | risposta fuori sede | assenza dall ufficio
  otomatik yanit | otomatik yanıt | otomatik cevap | ofis dışında | ofis disinda | ofiste degilim | ofis dışı
  automatisch antwoord | automatisch bericht | afwezigheidsbericht | afwezigheidsmelding
  automatiskt svar | autosvar | automatisk svar | fraværsmelding | automaattinen vastaus
  poissaoloilmoitus
  odpowiedz automatyczna | automatyczna odpowiedź | automatyczna odpowiedz | odpowiedź automatyczna
  automaticka odpoved | automatikus valasz | raspuns automat | avtomatski odgovor | automatski odgovor
  automatine atsakymas | αυτοματη απαντηση
  автоответ | автоматический ответ | автоматическое уведомление | автоматична відповідь | автоматичен отговор
  вне офиса | תשובה אוטומטית | מענה אוטומטי | מחוץ למשרד | balasan otomatis | jawaban otomatis | balasan automatik
  स्वचालित उत्तर
  自動返信 | 自動応答 | 不在通知 | 自动回复 | 自动答复 | 自動回覆 | 자동 회신 | 부재중 | ตอบกลับอัตโนมัติ | tra loi tu dong
`);

/** Subjects of automatic answers that people write too: they count only where the words bear them out. */
export const absenceSubjects = phraseList(`
  on vacation | on leave | annual leave | out of town | في إجازة | خارج الدوام | خارج أوقات الدوام | ooo
  absence | abwesend | abwesenheit | fravaer | franvaro | 外出
  away from the office | niet aanwezig | otomatik mesaj | خارج از دفتر | vacation
  away | غائب عن المكتب
`);

/** Subjects that bounces begin with. */
export const bounceSubjects = phraseList(`
  there was an error sending your mail | mail failure | メールエラー通知
  undeliverable | undelivered | undelivered mail returned to sender | undeliverable mail | nondeliverable mail
  non deliverable | not deliverable | not delivered | nondelivery | non delivery | ndn | ndr | undeliverd
  delivery status notification | delivery status | delivery notification | delivery report | delivery failure
  delivery failed | delivery error | delivery problem | delivery has failed | delivery delayed | delivery delay
  delivery incomplete | delivery unsuccessful | delivery temporarily | delivery receipt
  mail delivery failed | mail delivery failure | mail delivery error | mail delivery problem
  mail delivery system | mail delivery subsystem | mail delivery report | mail delivery status
  mail delivery status report | mail delivery delayed | mail delivery warning | mail delivery was | mail delivery
  message delivery failure | message delivery failed | message delivery notification | message delivery has
  message undeliverable | message not delivered | message could not be delivered | message cannot be delivered
  message was not delivered | message delayed | message has been delayed | message status | message rejected
  message blocked | message bounced | message you sent blocked | message delivery delayed | message rejection
  mail system error | mail error | mail failure | mail returned | mail could not be delivered | mail not delivered
  mail undeliverable | mail rejected | mail bounced | mail status | email delivery failure | email delivery failed
  email not delivered | email undeliverable | email could not be delivered | email rejected | e mail delivery
  e mail not delivered
  returned mail | returned e mail | returned email | returned message | returned to sender | return to sender
  returning message to sender | return receipt | failure notice | failed mail | failed delivery | failed message
  failed to deliver | failure delivery | failure to deliver | fatal error | user unknown | unknown user
  unknown recipient | unknown address | recipient unknown | user not found | address not found | invalid address
  invalid recipient | mailbox full | mailbox unavailable | mailbox is full | mailbox quota | over quota
  quota exceeded | no such user | bounced mail | bounced message | bounced email | bounce
  warning could not send | warning message | warning delivery | warning mail | warning e mail
  warning original message | transient error | could not send message | could not deliver | cannot deliver
  unable to deliver | problem delivering | problems delivering | error delivering | error sending | rejected
  rejected mail | blocked mail | non recapitable | recipient address rejected
  your message could not be delivered | your message to | your mail to | your email could not
  your message wasn t delivered | your message was not delivered | your message was rejected | your message cannot
  your message has been rejected | your message has not | success notice | successful mail delivery report
  relayed | delivered
  تعذر التسليم | تعذر تسليم | تعذر إرسال | تعذر توصيل | فشل التسليم | فشل تسليم | فشل إرسال | فشل في التسليم
  فشل الإرسال | لم يتم التسليم | لم يتم تسليم | لم يتم توصيل | لم تسلم | لم يتم إرسال | غير قابل للتسليم
  غير قابلة للتسليم | غير مسلم | إشعار حالة التسليم | إشعار بحالة التسليم | إشعار بفشل | إشعار فشل
  إعلام بحالة التسليم | تقرير التسليم | بريد مرتجع | رسالة مرتجعة | رسالة مرتدة | إعادة البريد | تم رفض
  تأخر التسليم | تأخير التسليم | تأخر تسليم | تم التسليم | تعذر التوصيل | مرتجع
  unzustellbar | nicht zustellbar | zustellung fehlgeschlagen | zustellungsbenachrichtigung | ubermittlungsstatus
  benachrichtigung zum ubermittlungsstatus | benachrichtung zum ubermittlungsstatus | fehler bei der zustellung
  unzustellbare | zustellfehler | zustellung verzogert | nachricht nicht zustellbar | mail nicht zustellbar
  non remis | non distribuable | message non remis | message non delivre | message non distribue | echec de remise
  echec de la remise | echec de livraison | echec de distribution | echec d acheminement | notification d etat
  rapport de non remise | courrier non delivre | impossible de remettre | avis de non remise | remise impossible
  retour de courrier
  no se puede entregar | no entregado | no entregable | mensaje no entregado | correo no entregado
  correo devuelto | no se pudo entregar | error de entrega | fallo de entrega | fallo en la entrega
  imposible entregar | notificacion de estado de entrega | notificacion del estado | devuelto
  nao e possivel entregar | nao entregue | nao foi possivel entregar | falha na entrega | mensagem nao entregue
  falha de entrega | notificacao de status | devolvido | retorno de mensagem
  mancato recapito | non recapitabile | impossibile recapitare | messaggio non recapitabile
  recapito non riuscito | notifica dello stato | consegna fallita | avviso di mancata consegna | mancata consegna
  onbestelbaar | niet bezorgd | bezorging mislukt | kan niet worden bezorgd | aflevering mislukt
  gick inte att leverera | kan inte levereras | olevererbart | kunne ikke leveres | kan ikke leveres
  ikke leveret | toimitus epaonnistui | ei voi toimittaa | perille toimittamaton
  teslim edilemedi | iletilemedi | teslim edilemeyen | gonderilemedi | ileti teslim | teslimat hatasi
  teslimat durumu | niedostarczona | niedostarczone | nie mozna dostarczyc | nie dostarczono | nedorucitelne
  nedorucena | nelze dorucit | kezbesithetetlen | kezbesites | nu s a putut livra | nelivrat | недоставленное
  не доставлено | не удалось доставить | недоставка | сообщение не доставлено | письмо не доставлено | возврат
  не може бути доставлено | ανεπιδοτο | αδυναμια παραδοσης | לא ניתן למסירה | ניתן למסור | tidak terkirim
  tidak dapat dikirim | گزارش عدم تحویل | تحویل نشد | غیر قابل تحویل | ترسیل نہیں
  配信不能 | 配信できません | 送信できません | 未達 | メール配信 | 送信エラー | 配信エラー | エラーメール | 退信 | 无法投递 | 投递失败 | 无法送达 | 未送达 | 邮件退回 | 寄送失敗
  無法傳遞 | 無法遞送 | 郵件退回 | 전송 실패 | 배달되지 | 배달 실패 | 반송 | ไม่สามารถส่ง | khong gui duoc
`);

/** Subjects of the list above that people also begin with, so that they count only beside the mark of a mail server. */
export const commonSubjects = phraseList(`
  bounce | rejected | delivered | relayed | delivery status | delivery report | delivery problem
  delivery receipt | delivery delayed | delivery delay | delivery error | delivery failed | delivery notification
  invalid address | warning message | warning delivery | warning mail | your message to | your mail to
  return receipt | mail delivery | message status | mail status | transient error | fatal error | ndr | ndn
  mail error | mailbox full | unknown user | user unknown
  تم التسليم | تم رفض | تأخر التسليم | تأخير التسليم | تأخر تسليم | لم يتم التسليم | لم يتم تسليم | لم يتم إرسال
  لم يتم توصيل | لم تسلم | تعذر إرسال | فشل إرسال | فشل الإرسال | فشل التسليم | تقرير التسليم | مرتجع | غير مسلم
  error sending | problem delivering | return to sender | вернут | возврат | devuelto | devolvido
`);
