package sc.fiji.diffusion.engine.metadata;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import sc.fiji.diffusion.engine.provenance.History;

/**
 * XMP (ISO 16684-1) with what IPTC's Photo Metadata Standard has for generated pictures. JPEG and TIFF files keep such a
 * packet too.
 */
final class Xmp {

    /** In PNG files. */
    static final String KEYWORD = "XML:com.adobe.xmp";

    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static final String IPTC_EXT = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
    private static final String XMP = "http://ns.adobe.com/xap/1.0/";
    private static final String DC = "http://purl.org/dc/elements/1.1/";
    private static final String X = "adobe:ns:meta/";

    /** Six bytes a character at most, in a JPEG file's segment of 64 KB. */
    private static final int LONGEST_DESCRIPTION = 8192;

    private static final String SOURCE_TYPE = "DigitalSourceType";

    private Xmp() {}

    /** @param history not empty */
    static String packet(History history) {
        StringWriter text = new StringWriter();
        text.write("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            write(xml, history);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a text can be written", e);
        }
        text.write("\n<?xpacket end=\"r\"?>");
        return text.toString();
    }

    private static void write(XMLStreamWriter xml, History history) throws XMLStreamException {
        xml.writeStartElement("x", "xmpmeta", X);
        xml.writeNamespace("x", X);
        xml.writeStartElement("rdf", "RDF", RDF);
        xml.writeNamespace("rdf", RDF);
        xml.writeStartElement("rdf", "Description", RDF);
        xml.writeNamespace("xmp", XMP);
        xml.writeNamespace("dc", DC);
        xml.writeNamespace("Iptc4xmpExt", IPTC_EXT);
        xml.writeAttribute("rdf", RDF, "about", "");
        element(
                xml,
                "Iptc4xmpExt",
                IPTC_EXT,
                SOURCE_TYPE,
                SourceType.of(history).uri());
        element(
                xml,
                "xmp",
                XMP,
                "CreatorTool",
                PictureMetadata.SOFTWARE + " " + history.last().computation().engine());
        element(xml, "xmp", XMP, "CreateDate", history.last().created().toString());
        xml.writeStartElement("dc", "description", DC);
        xml.writeStartElement("rdf", "Alt", RDF);
        xml.writeStartElement("rdf", "li", RDF);
        xml.writeAttribute("xml", "http://www.w3.org/XML/1998/namespace", "lang", "x-default");
        String prompt = history.last().prompt();
        xml.writeCharacters(allowed(prompt.substring(0, Math.min(prompt.length(), LONGEST_DESCRIPTION))));
        xml.writeEndDocument();
    }

    private static void element(XMLStreamWriter xml, String prefix, String namespace, String name, String text)
            throws XMLStreamException {
        xml.writeStartElement(prefix, name, namespace);
        xml.writeCharacters(allowed(text));
        xml.writeEndElement();
    }

    /** Without the characters that XML 1.0 can't hold, whatever they are written as. */
    private static String allowed(String text) {
        StringBuilder allowed = new StringBuilder();
        text.codePoints()
                .filter(c -> c == '\t'
                        || c == '\n'
                        || c == '\r'
                        || (c >= 0x20 && c < 0xD800)
                        || (c >= 0xE000 && c < 0xFFFE)
                        || c >= 0x10000)
                .forEach(allowed::appendCodePoint);
        return allowed.toString();
    }

    /** The address of the digital source type that a packet names, if it can be read and names one. */
    static Optional<String> sourceType(String packet) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(packet));
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    Optional<String> found = sourceType(xml);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        } catch (XMLStreamException | RuntimeException broken) {
            // Java's reader lacks a message for some broken DTDs, and throws that it does.
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** As an element's text or resource, or as an attribute: RDF has them all. */
    private static Optional<String> sourceType(XMLStreamReader xml) throws XMLStreamException {
        String attribute = xml.getAttributeValue(IPTC_EXT, SOURCE_TYPE);
        if (attribute == null && SOURCE_TYPE.equals(xml.getLocalName()) && IPTC_EXT.equals(xml.getNamespaceURI())) {
            attribute = xml.getAttributeValue(RDF, "resource");
            attribute = attribute == null ? xml.getElementText() : attribute;
        }
        return Optional.ofNullable(attribute).map(String::strip).filter(found -> !found.isEmpty());
    }
}
