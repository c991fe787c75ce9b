import { phraseList } from './words.ts';

/** Sentences of notices that a mail could not be delivered, in whatever language. */
export const failurePhrases = phraseList(`
  could not be delivered | couldn t be delivered | cannot be delivered | can not be delivered | can t be delivered
  not be delivered | was not delivered | wasn t delivered | has not been delivered | not delivered to
  were not delivered | not been delivered | unable to deliver | unable to be delivered | undeliverable
  undelivered | failed to deliver | could not deliver | cannot deliver | can t deliver | couldn t deliver
  did not reach | didn t reach | could not reach | was not able to deliver | wasn t able to deliver
  were not able to deliver | unable to send | could not be sent | couldn t be sent | failed to send
  not reach the following
  delivery failed | delivery has failed | delivery failure | delivery to the following
  delivery to these recipients | delivery error | delivery of the following | delivery attempt
  failed permanently | permanent error | permanent failure | permanent fatal errors | fatal errors
  permanently failed | permanently undeliverable | final delivery
  returned to sender | returned to you | returned mail | returning message | being returned | was returned
  has been returned | returned unread | returned below | was rejected | been rejected | rejected your message
  rejected the message | been blocked | was blocked | has been refused | message refused | bounce message
  bounced
  user unknown | unknown user | user not found | unknown recipient | recipient unknown | recipient not found
  recipient address rejected | address rejected | address unknown | unknown address | address not found
  address couldn t be found | address was not found | address is invalid | invalid recipient | invalid address
  invalid mailbox | no such user | no such recipient | no such mailbox | no such address | no such account
  no such local | no mailbox | mailbox unavailable | mailbox not found | mailbox unknown | mailbox full
  mailbox is full | mailbox disabled | mailbox does not | mailbox has exceeded | mailbox quota | inbox is full
  over quota | quota exceeded | exceeded the quota | exceeded quota | exceeded his | exceeds quota | storage limit
  account is disabled | account has been disabled | account disabled | account does not exist | account is full
  not listed in | doesn t have a | does not exist | doesn t exist | no longer valid | no longer exists
  no longer available | not a valid | not a known | unrouteable | unroutable | host unknown | host not found
  domain not found | unknown host | unknown domain | name server | no mx | mail loop | loop detected
  too many hops | relaying denied | relay access denied | message too large | message size exceeds | spam
  following recipient | following recipients | following address | following addresses | following destination
  these recipients or groups | your original message | original message follows | undelivered message
  unsent message | message follows | qmail send | mail delivery software | delivery status notification
  automatically generated delivery | non delivery | nondelivery | failure notice | delivery report
  تعذر تسليم | تعذر التسليم | تعذر توصيل | تعذر إيصال | تعذر إرسال | لم يتم تسليم | لم نتمكن من تسليم
  لم نتمكن من توصيل | لم يتمكن من تسليم | فشل تسليم | فشل التسليم | فشل إرسال | فشلت عملية التسليم | لا يمكن تسليم
  لا يمكن توصيل | لم يتم العثور على | العنوان غير موجود | غير موجود | غير موجودة | صندوق البريد ممتلئ | ممتلئ
  تجاوز الحصة | تم رفض | مستخدم غير معروف | غير قابل للتسليم | غير قابلة للتسليم | رفض الخادم | رفض رسالتك
  لم تصل | تم حظر
  nicht zugestellt | nicht zustellbar | konnte nicht | konnten nicht | unzustellbar | fehlgeschlagen
  existiert nicht | empfanger unbekannt | nicht gefunden | postfach voll | n a pas pu | n ont pas pu | n a pu etre
  pas ete remis | non remis | impossible de remettre | echec de | n existe pas | boite pleine | no se pudo
  no se ha podido | no se puede entregar | no pudo ser | no ha podido | no fue entregado | no existe
  error de entrega | nao foi possivel | nao pode ser | nao foi entregue | nao existe | falha
  non e stato possibile | impossibile recapitare | non recapitabile | non esiste | kan niet | niet worden bezorgd
  niet bezorgd | bestaat niet | kunde inte | kunne ikke | ei voitu | teslim edilemedi | iletilemedi
  ulastirilamadi | bulunamadi | nie mogla | nie mozna | nie zostala | nelze | nebylo mozne | nem sikerult
  nu a putut | не может быть | не удалось | не доставлено | не была доставлена | не было доставлено
  не существует | не найден | δεν ηταν δυνατη | לא ניתן | לא נמסרה | tidak dapat | gagal | تحویل نشد | وجود ندارد
  پہنچایا نہیں
  送信できません | 配信できません | 配送できません | 届きません | お届けでき | エラーのため | 見つかりません | 存在しません | 受信できません | 送れません | 配信不能 | 无法投递 | 无法送达
  投递失败 | 未能送达 | 不存在 | 退信 | 退回 | 無法傳遞 | 無法送達 | 無法投遞 | 拒收 | 전달되지 | 배달할 수 | 보낼 수 없 | 존재하지 | 반송 | ไม่สามารถ
`);

/** How notices begin that nobody but a mail server writes. */
export const failureOpeners = phraseList(`
  this message was created automatically by | this is an automatically generated delivery
  this is the mail system at | this is the mail delivery | this is the qmail | this is the postfix
  this is the machine generated | this is a permanent error | this is a system generated message to inform you
  this is a delivery status | this is a nondelivery report | this is a non delivery
  this report relates to a message you sent | hi this is the | i m sorry to have to inform you
  i m afraid i wasn t able to deliver | i am sorry to have to inform you | i wasn t able to deliver
  sorry we were unable to deliver | sorry i couldn t | we were unable to deliver | we are unable to deliver
  we could not deliver | unable to deliver | could not deliver | cannot deliver | failed to deliver
  delivery to the following | delivery has failed | delivery of the following | delivery of this message
  delivery failure | delivery failed | delivery is delayed | message could not be delivered | message cannot be delivered | we had trouble delivering | duplicated message id
  address not found | message not delivered
  message blocked | message delivery | mailbox full | recipient inbox full | recipient unknown | unknown user
  user unknown | user mailbox exceeds | invalid final delivery | undeliverable | undelivered | returned mail
  failed recipient | failed addresses | the original message was received at | the following message
  the following recipient | the following address | the following addresses | the following mail
  the following email | the message that you sent | the message you sent | the mail you sent | the email you sent
  the mail system | the e mail system was unable | the user s account | the recipient s mailbox
  there was a temporary problem delivering | there was an error delivering | there was a problem delivering
  a message that you sent | a message you sent | an error occurred while | an error has occurred
  an e mail you sent | an email you sent | your message did not reach | your message has been blocked
  your message has been rejected | your message has not been delivered | your message could not be
  your message couldn t be | your message cannot be | your message can t be | your message was not
  your message wasn t | your message to | your message was rejected | your message has been delayed | your mail to
  your mail could not be | your mail was not delivered | your email to | your email could not be | your e mail to
  your e mail could not be | your message | warning | temporary problem delivering | note
  note this is an automatically generated
  تعذر تسليم | تعذر التسليم | تعذر توصيل | تعذر إيصال | تعذر إرسال رسالتك | لم يتم تسليم | لم نتمكن من تسليم
  فشل تسليم | فشل التسليم | فشل إرسال رسالتك | لم تصل رسالتك | تم حظر رسالتك | تم رفض رسالتك | العنوان غير موجود
  لم يتم العثور على العنوان | هذه رسالة أنشئت آليا | هذه رسالة تم إنشاؤها تلقائيا | هذا تقرير | هذا إشعار
  diese nachricht wurde automatisch | dies ist eine automatisch | ihre nachricht | fehler bei der zustellung
  ce message a ete cree automatiquement | votre message | echec de la remise | este mensaje ha sido generado
  este mensaje fue creado | su mensaje | no se pudo entregar | sua mensagem | il messaggio | il tuo messaggio
  uw bericht | iletiniz | это письмо создано автоматически | ваше сообщение | это сообщение создано автоматически
  次のあて先 | このメールは | 送信できませんでした | メールサーバー | あなたの送信した | 以下のあて先 | 您的邮件 | 您發送的郵件 | 抱歉
`);

/** Sentences of notices that a mail is late but not lost. */
export const delayPhrases = phraseList(`
  delayed | will continue to try | will keep trying | will be retried | still trying | still being retried
  continue trying | warning message only | warning only | do not need to resend | don t need to resend
  no action is required | not yet been delivered | has not yet been | not been delivered yet | yet to be delivered
  temporary problem | temporarily deferred | temporarily delayed | transient non fatal
  could not send message for past | delivery attempts will continue | gmail will retry | will retry for
  remains in the queue | still in the queue | attempts to deliver it will continue
  attempts to deliver the message will continue
  تأخر | تأخير | سنواصل المحاولة | ستستمر المحاولة | سنستمر في المحاولة | سيحاول | إعادة المحاولة | verzogert
  wird weiterhin versucht | retarde | nouvelle tentative | se ha retrasado | se seguira intentando | atrasada
  ritardo | vertraagd | gecikti | отложена | задерж | 遅延 | 延迟 | 延遲
`);

/** Sentences that undo the ones above: the last try was made. */
export const gaveUpPhrases = phraseList(`
  giving up | given up | gave up | no further attempts | has been removed from the queue
  could not be delivered for | failed permanently | permanent fatal errors | message expired
  retry timeout exceeded | retry time not reached | have been failing for | last attempt
`);

/** Sentences of notices that a mail did arrive. */
export const successPhrases = phraseList(`
  successfully delivered | was successfully | has been delivered | have been delivered | was delivered to
  delivered successfully | successfully relayed | successful delivery
  delivery to these recipients or groups is complete | is complete but no delivery notification
  has been successfully | relayed to the following | تم تسليم رسالتك | تم التسليم بنجاح | zugestellt worden
  a ete remis
`);

/** What somebody says who tells of a notice rather than being one. */
export const tellings = phraseList(`
  i sent | i tried | i got | i get | i received | i receive | i have | i am | i keep | we sent | we got
  we received | please | hello | dear | my | why | وصلني | وصلتني | أرسلت | تصلني | يصلني | السلام عليكم | لماذا
  حاولت | أرجو | استلمت | تلقيت | مرحبا | رسالتي
`);
