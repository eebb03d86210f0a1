namespace AltSendme.Core.Settings.Documents;

/// <summary>Why a document can't be read.</summary>
/// <param name="Where">Line and column to follow the document's name, or nothing.</param>
/// <param name="Message">What is wrong, without an end of sentence.</param>
internal readonly record struct ConfigFault(string Where, string Message);
