package io.blazedb;

import java.util.Collections;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.RefAddr;
import javax.naming.Reference;
import javax.naming.spi.ObjectFactory;
import org.jspecify.annotations.Nullable;

/** Makes a {@link BlazeDataSource} from what a JNDI directory kept of it. Safe for use by several threads. */
public final class BlazeDataSourceFactory implements ObjectFactory {

    /** The data source, or null when the object is the reference of something else. */
    @Override
    public @Nullable Object getObjectInstance(
            @Nullable Object object,
            @Nullable Name name,
            @Nullable Context context,
            @Nullable Hashtable<?, ?> environment) {
        if (!(object instanceof Reference reference)
                || !BlazeDataSource.class.getName().equals(reference.getClassName())) {
            return null;
        }
        BlazeDataSource dataSource = new BlazeDataSource();
        for (RefAddr address : Collections.list(reference.getAll())) {
            String value = String.valueOf(address.getContent());
            if (address.getType().equals("url")) {
                dataSource.setUrl(value);
            } else {
                ConnectionProperty.of(address.getType()).ifPresent(property -> dataSource.setProperty(property, value));
            }
        }
        return dataSource;
    }
}
